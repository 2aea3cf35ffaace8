//! Portals that give each company a subdomain.

use crate::is_name;

/// Labels that belong to the portal itself, whichever it is.
const OWN: [&str; 20] = [
    "www",
    "api",
    "app",
    "apps",
    "help",
    "support",
    "docs",
    "developer",
    "developers",
    "status",
    "blog",
    "login",
    "auth",
    "accounts",
    "static",
    "assets",
    "cdn",
    "mail",
    "go",
    "info",
];

/// The company's label in `host`, a subdomain directly below `domain`: "acme" of
/// `acme.recruitee.com`. None for the portal's own.
pub fn tenant<'a>(host: &'a str, domain: &str) -> Option<&'a str> {
    let label = host.strip_suffix(domain)?.strip_suffix('.')?;
    (is_name(label) && !label.contains('.') && !OWN.contains(&label)).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_one_label_below_the_portals_domain() {
        for (host, expected) in [
            ("acme.recruitee.com", Some("acme")),
            ("acme-2.recruitee.com", Some("acme-2")),
            ("recruitee.com", None),
            ("www.recruitee.com", None),
            ("api.recruitee.com", None),
            ("a.b.recruitee.com", None),
            ("acmerecruitee.com", None),
            ("acme.recruitee.com.evil.example", None),
        ] {
            assert_eq!(tenant(host, "recruitee.com"), expected, "{host}");
        }
    }
}
