//! Which addresses belong to the public internet. The tables follow the IANA
//! special-purpose address registries (RFC 6890; iana-ipv4-special-registry and
//! iana-ipv6-special-registry) with multicast and the reserved space beside them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Says what an address is set aside for; `None` is a public unicast address.
///
/// Blocks that embed an IPv4 address (mapped, translated, 6to4) are refused
/// whole, also where the embedded address is public: no portal needs them.
pub(super) fn set_aside(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => set_aside_v4(address),
        IpAddr::V6(address) => set_aside_v6(address),
    }
}

const V4: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8, "this network"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "private use"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "carrier-grade NAT"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "loopback"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "link local"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "private use"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "IETF protocol assignments"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "documentation"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "6to4 relay anycast"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "private use"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "benchmarking"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved"),
];

const V6: &[(Ipv6Addr, u32, &str)] = &[
    (Ipv6Addr::UNSPECIFIED, 128, "unspecified"),
    (Ipv6Addr::LOCALHOST, 128, "loopback"),
    (
        Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0),
        96,
        "IPv4-mapped",
    ),
    (
        Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0),
        96,
        "IPv4/IPv6 translation",
    ),
    (
        Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0),
        48,
        "local-use IPv4/IPv6 translation",
    ),
    (
        Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0),
        64,
        "discard only",
    ),
    (
        Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0),
        23,
        "IETF protocol assignments",
    ),
    (
        Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0),
        32,
        "documentation",
    ),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "6to4"),
    (
        Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0),
        20,
        "documentation",
    ),
    (
        Ipv6Addr::new(0x5f00, 0, 0, 0, 0, 0, 0, 0),
        16,
        "segment routing",
    ),
    (
        Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0),
        7,
        "unique local",
    ),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, "link local"),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, "multicast"),
];

/// The one block IANA hands out for global unicast (iana-ipv6-address-space).
const GLOBAL_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

fn set_aside_v4(address: Ipv4Addr) -> Option<&'static str> {
    V4.iter()
        .find(|(block, length, _)| {
            let shift = 32 - length;
            address.to_bits() >> shift == block.to_bits() >> shift
        })
        .map(|(_, _, name)| *name)
}

fn set_aside_v6(address: Ipv6Addr) -> Option<&'static str> {
    let within = |block: Ipv6Addr, length: u32| {
        let shift = 128 - length;
        address.to_bits() >> shift == block.to_bits() >> shift
    };
    V6.iter()
        .find(|(block, length, _)| within(*block, *length))
        .map(|(_, _, name)| *name)
        .or_else(|| (!within(GLOBAL_V6.0, GLOBAL_V6.1)).then_some("not global unicast"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: Option<&str>) {
        let parsed = address.parse().unwrap();
        assert_eq!(set_aside(parsed), expected, "{address}");
    }

    /// First and last address of each block, and the public neighbours on both sides.
    #[test]
    fn p4_every_special_range_is_refused_to_its_edges() {
        for (address, expected) in [
            ("0.0.0.0", Some("this network")),
            ("0.255.255.255", Some("this network")),
            ("1.0.0.0", None),
            ("9.255.255.255", None),
            ("10.0.0.0", Some("private use")),
            ("10.255.255.255", Some("private use")),
            ("11.0.0.0", None),
            ("100.63.255.255", None),
            ("100.64.0.0", Some("carrier-grade NAT")),
            ("100.127.255.255", Some("carrier-grade NAT")),
            ("100.128.0.0", None),
            ("126.255.255.255", None),
            ("127.0.0.0", Some("loopback")),
            ("127.255.255.255", Some("loopback")),
            ("128.0.0.0", None),
            ("169.253.255.255", None),
            ("169.254.0.0", Some("link local")),
            ("169.254.169.254", Some("link local")),
            ("169.254.255.255", Some("link local")),
            ("169.255.0.0", None),
            ("172.15.255.255", None),
            ("172.16.0.0", Some("private use")),
            ("172.31.255.255", Some("private use")),
            ("172.32.0.0", None),
            ("191.255.255.255", None),
            ("192.0.0.0", Some("IETF protocol assignments")),
            ("192.0.0.255", Some("IETF protocol assignments")),
            ("192.0.1.0", None),
            ("192.0.1.255", None),
            ("192.0.2.0", Some("documentation")),
            ("192.0.2.255", Some("documentation")),
            ("192.0.3.0", None),
            ("192.88.98.255", None),
            ("192.88.99.0", Some("6to4 relay anycast")),
            ("192.88.99.255", Some("6to4 relay anycast")),
            ("192.88.100.0", None),
            ("192.167.255.255", None),
            ("192.168.0.0", Some("private use")),
            ("192.168.255.255", Some("private use")),
            ("192.169.0.0", None),
            ("198.17.255.255", None),
            ("198.18.0.0", Some("benchmarking")),
            ("198.19.255.255", Some("benchmarking")),
            ("198.20.0.0", None),
            ("198.51.99.255", None),
            ("198.51.100.0", Some("documentation")),
            ("198.51.100.255", Some("documentation")),
            ("198.51.101.0", None),
            ("203.0.112.255", None),
            ("203.0.113.0", Some("documentation")),
            ("203.0.113.255", Some("documentation")),
            ("203.0.114.0", None),
            ("223.255.255.255", None),
            ("224.0.0.0", Some("multicast")),
            ("239.255.255.255", Some("multicast")),
            ("240.0.0.0", Some("reserved")),
            ("255.255.255.255", Some("reserved")),
            ("::", Some("unspecified")),
            ("::1", Some("loopback")),
            ("::2", Some("not global unicast")),
            ("::7f00:1", Some("not global unicast")),
            ("::ffff:0:0", Some("IPv4-mapped")),
            ("::ffff:127.0.0.1", Some("IPv4-mapped")),
            ("::ffff:8.8.8.8", Some("IPv4-mapped")),
            ("::ffff:255.255.255.255", Some("IPv4-mapped")),
            ("64:ff9b::", Some("IPv4/IPv6 translation")),
            ("64:ff9b::ffff:ffff", Some("IPv4/IPv6 translation")),
            ("64:ff9b:1::", Some("local-use IPv4/IPv6 translation")),
            (
                "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
                Some("local-use IPv4/IPv6 translation"),
            ),
            ("100::", Some("discard only")),
            ("100::ffff:ffff:ffff:ffff", Some("discard only")),
            (
                "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                Some("not global unicast"),
            ),
            ("2000::", None),
            ("2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", None),
            ("2001::", Some("IETF protocol assignments")),
            (
                "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
                Some("IETF protocol assignments"),
            ),
            ("2001:200::", None),
            ("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", None),
            ("2001:db8::", Some("documentation")),
            (
                "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
                Some("documentation"),
            ),
            ("2001:db9::", None),
            ("2001:4860:4860::8888", None),
            ("2002::", Some("6to4")),
            ("2002:7f00:1::", Some("6to4")),
            ("2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Some("6to4")),
            ("2003::", None),
            ("2606:4700:4700::1111", None),
            ("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", None),
            ("3fff::", Some("documentation")),
            (
                "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
                Some("documentation"),
            ),
            ("3fff:1000::", None),
            ("4000::", Some("not global unicast")),
            ("5f00::", Some("segment routing")),
            (
                "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                Some("segment routing"),
            ),
            ("5f01::", Some("not global unicast")),
            ("fc00::", Some("unique local")),
            (
                "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                Some("unique local"),
            ),
            ("fe80::", Some("link local")),
            (
                "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                Some("link local"),
            ),
            ("fec0::1", Some("not global unicast")),
            ("ff00::", Some("multicast")),
            ("ff02::1", Some("multicast")),
        ] {
            check(address, expected);
        }
    }
}
