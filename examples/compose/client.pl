use strict;
use warnings;
use IO::Socket::INET;

sub ask {
    # The counter may still be starting.
    for (1 .. 50) {
        my $server = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => 8080);
        return <$server> if $server;
        select undef, undef, undef, 0.1;
    }
    die "no answer from $ARGV[0]\n";
}
print "the counter says ", ask() for 1 .. 2;
