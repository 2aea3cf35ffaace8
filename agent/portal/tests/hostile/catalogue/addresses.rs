//! Addresses that lead somewhere else than they may, in every spelling. A name
//! whose addresses are private, and one whose addresses change, are tried where
//! answers of the name server can be written: in `src/broker`.

use crate::attack::{Attack, Group};
use crate::ends::Ends;

pub(super) fn attacks() -> Vec<Attack> {
    vec![
        Attack::address("a number", "https://127.0.0.1{port}/"),
        Attack::address("one decimal number", "https://2130706433{port}/"),
        Attack::address("an octal number", "https://0177.0.0.1{port}/"),
        Attack::address("a hexadecimal number", "https://0x7f.0.0.1{port}/"),
        Attack::address("one hexadecimal number", "https://0x7f000001{port}/"),
        Attack::address("a short number", "https://127.1{port}/"),
        Attack::address("nothing but zero", "https://0{port}/"),
        Attack::address("another script's digits", "https://１２７.0.0.1{port}/"),
        Attack::address("escaped digits", "https://%31%32%37.0.0.1{port}/"),
        Attack::address("the metadata of a cloud", "https://169.254.169.254{port}/"),
        Attack::address("IPv6", "https://[::1]{port}/"),
        Attack::address("IPv4 in IPv6", "https://[::ffff:127.0.0.1]{port}/"),
        Attack::address(
            "IPv4 translated to IPv6",
            "https://[64:ff9b::7f00:1]{port}/",
        ),
        Attack::address(
            "a granted host as the user",
            "https://jobs.example.com@127.0.0.1{port}/",
        ),
        Attack::address(
            "a user at a granted host",
            "https://user@jobs.example.com{port}/",
        ),
        Attack::address("a dot at the end", "https://jobs.example.com.{port}/"),
        Attack::address("a Cyrillic letter", "https://jobs.exаmple.com{port}/"),
        Attack::address("a name in brackets", "https://[jobs.example.com]{port}/"),
        Attack::address(
            "a longer name",
            "https://jobs.example.com.evil.example.net{port}/",
        ),
        Attack::address("a name that leads home", "https://127.0.0.1.nip.io{port}/"),
        Attack::address("this machine", "https://localhost{port}/"),
        Attack::address("another port", "https://jobs.example.com:8443/{port}"),
        Attack::address("no encryption", "http://jobs.example.com{port}/"),
        Attack::address("a file", "file:///etc/passwd{port}"),
        Attack::address("Gopher", "gopher://127.0.0.1{port}/_x"),
        Attack::address(
            "a backslash",
            "https://evil.example.net\\@jobs.example.com{port}/",
        ),
        Attack::address("a host not granted", "https://evil.example.net{port}/"),
        Attack::key(
            Group::Addresses,
            "a hundred kilobytes",
            "long-address",
            Ends::NotFetched,
        ),
    ]
}
