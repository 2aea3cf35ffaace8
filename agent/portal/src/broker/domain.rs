//! Which hosts belong together: those of one registrable domain, as a rule run by
//! one party that counts our requests as one.

/// The registrable domain of a host, by the public suffix list: `example.co.uk`
/// for `jobs.example.co.uk`. A host that is a public suffix itself stands alone.
///
/// `psl` has the list compiled in: no file to ship or refresh by itself, nothing
/// to parse at each start, and a newer list comes as a newer version.
pub(super) fn registrable(host: &str) -> &str {
    psl::domain_str(host).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_one_party_count_as_one_and_those_of_two_do_not() {
        for (host, expected) in [
            ("boards-api.greenhouse.io", "greenhouse.io"),
            ("boards.greenhouse.io", "greenhouse.io"),
            ("example.com", "example.com"),
            ("a.b.c.example.com", "example.com"),
            ("jobs.example.co.uk", "example.co.uk"),
            ("www.example.com.br", "example.com.br"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("www.xn--bcher-kva.example", "xn--bcher-kva.example"),
            // Parties that share a provider's domain are apart.
            ("acme.github.io", "acme.github.io"),
            ("www.acme.github.io", "acme.github.io"),
            ("other.github.io", "other.github.io"),
            // A suffix by itself, and a domain no list knows.
            ("github.io", "github.io"),
            ("co.uk", "co.uk"),
            ("a.b.unheard-of", "b.unheard-of"),
        ] {
            assert_eq!(registrable(host), expected, "{host}");
        }
    }
}
