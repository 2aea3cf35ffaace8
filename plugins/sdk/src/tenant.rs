//! Portals that give each company a subdomain.

use crate::{Address, Board, PortalError, is_name};

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

/// The board that any page of a company's subdomain of `domain` belongs to. Its
/// key is the company's label.
pub fn tenant_board(url: &str, domain: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let company = tenant(&address.host, domain)?;
    Some(Board {
        key: company.to_owned(),
        url: format!("https://{company}.{domain}/"),
        company: None,
    })
}

/// The host below `domain` of the company with this label; `portal` names the
/// portal in the error.
pub fn tenant_host(label: &str, domain: &str, portal: &str) -> Result<String, PortalError> {
    if is_name(label) && !label.contains('.') {
        Ok(format!("{label}.{domain}"))
    } else {
        Err(PortalError::Invalid(format!(
            "{label:?} is no {portal} board"
        )))
    }
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

    #[test]
    fn a_label_leads_back_to_its_host_and_nowhere_else() {
        let board = tenant_board("acme.recruitee.com/o/cook?x=1", "recruitee.com").unwrap();
        assert_eq!(board.key, "acme");
        assert_eq!(board.url, "https://acme.recruitee.com/");
        let host = |label| tenant_host(label, "recruitee.com", "Recruitee");
        assert_eq!(host("acme").unwrap(), "acme.recruitee.com");
        for label in ["", "a/b", "a.b", "a?b", "evil.example#"] {
            assert!(
                matches!(host(label), Err(PortalError::Invalid(_))),
                "{label}"
            );
        }
    }
}
