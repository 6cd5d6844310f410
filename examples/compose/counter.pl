use strict;
use warnings;
use IO::Socket::INET;

open my $conf, '<', '/counter.conf' or die "/counter.conf: $!";
my ($start) = <$conf> =~ /^start (\d+)/ or die "/counter.conf: no start\n";
my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 8, ReuseAddr => 1) or die "port 8080: $@";
while (my $client = $server->accept) {
    my $number = $start;
    if (open my $file, '<', '/numbers/number') { $number = <$file> }
    open my $file, '>', '/numbers/number' or die "/numbers/number: $!";
    print $file ++$number;
    close $file;
    print $client "$number\n";
    close $client;
}
