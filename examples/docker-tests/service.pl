#!/usr/bin/perl
use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 8, ReuseAddr => 1) or die "port 8080: $@";
while (my $client = $server->accept) {
    my ($path) = <$client> =~ m{^GET /(\S*)};
    my $greeting = ($ENV{GREETING} || 'hello') . ', ' . ($path || 'world') . "\n";
    print $client "HTTP/1.0 200 OK\r\nContent-Length: ", length $greeting, "\r\n\r\n", $greeting;
    close $client;
}
