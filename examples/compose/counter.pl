use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 8, ReuseAddr => 1) or die "port 8080: $@";
while (my $client = $server->accept) {
    my $number = 0;
    if (open my $file, '<', '/numbers/number') { $number = <$file> }
    open my $file, '>', '/numbers/number' or die "/numbers/number: $!";
    print $file ++$number;
    close $file;
    print $client "$number\n";
    close $client;
}
