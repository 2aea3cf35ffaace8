//! Which addresses are a board on Eightfold: below eightfold.ai, and at employers'
//! own hosts by the shape of their careers pages.

use portal_sdk::{Address, Board, PortalError, is_name, tenant};

/// Employers' own hosts that are known, with the tenant each serves: their bare
/// addresses are claimed too.
const KNOWN: [(&str, &str); 7] = [
    ("apply.careers.microsoft.com", "microsoft.com"),
    ("careers.lamresearch.com", "lamresearch.com"),
    ("careers.qualcomm.com", "qualcomm.com"),
    ("explore.jobs.netflix.net", "netflix.com"),
    ("hiring.jhu.edu", "jhu.edu"),
    ("jobs.ericsson.com", "ericsson.com"),
    ("jobs.vodafone.com", "vodafone.com"),
];

/// Labels before which a country's registry sells names: "example.co.uk".
const SHARED: [&str; 6] = ["ac", "co", "com", "edu", "gov", "org"];

/// The board `url` belongs to. Its key is the tenant: the domain the employer
/// is known by at Eightfold.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let host = address.host.as_str();
    let stated = address.value("domain").filter(|domain| is_name(domain));
    let page = |domain| format!("https://{host}/careers?domain={domain}");
    let known = KNOWN.iter().find(|(known, _)| *known == host);
    let (key, url) = if let Some(label) = tenant(host, "eightfold.ai") {
        match stated {
            Some(domain) => (domain.to_owned(), page(domain)),
            None => (format!("{label}.com"), format!("https://{host}/careers")),
        }
    } else if let Some((_, domain)) = known {
        let domain = stated.unwrap_or(domain);
        (domain.to_owned(), page(domain))
    } else {
        let parts: Vec<&str> = address.path.iter().map(String::as_str).collect();
        let domain = match (parts.as_slice(), stated) {
            (["careers", ..] | ["api", "pcsx" | "apply", ..], Some(domain)) => domain.to_owned(),
            (["careers", "job", id, ..], None) if is_long_number(id) => registered(host)?,
            _ => return None,
        };
        let url = page(&domain);
        (domain, url)
    };
    let company = name(&key);
    Some(Board { key, url, company })
}

/// Where a board is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tenant {
    pub(crate) host: String,
    pub(crate) domain: String,
}

impl Tenant {
    /// From what [`board`] gave.
    pub(crate) fn of(board: &Board) -> Result<Self, PortalError> {
        let host = Address::parse(&board.url).map(|address| address.host);
        match host {
            Some(host) if is_name(&board.key) => Ok(Self {
                host,
                domain: board.key.clone(),
            }),
            _ => Err(PortalError::Invalid(format!(
                "{:?} at {:?} is no Eightfold board",
                board.key, board.url
            ))),
        }
    }
}

/// Eightfold's ids of positions have ten digits and more: a short number after
/// `/careers/job/` is another system's.
fn is_long_number(text: &str) -> bool {
    (10..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The name that was registered of a host: "example.com" of "jobs.example.com".
fn registered(host: &str) -> Option<String> {
    let labels: Vec<&str> = host.split('.').collect();
    let count = match labels.as_slice() {
        [.., _, second, top] if top.len() == 2 && SHARED.contains(second) => 3,
        [.., _, _] => 2,
        _ => return None,
    };
    labels
        .get(labels.len() - count..)
        .map(|rest| rest.join("."))
}

/// The employer as its domain names it: postings do not say.
fn name(domain: &str) -> Option<String> {
    let label = domain.split('.').next()?;
    let mut letters = label.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Option<(&str, &str)>) {
        let found = board(url);
        let found = found.as_ref().map(|b| (b.key.as_str(), b.url.as_str()));
        assert_eq!(found, expected, "{url}");
    }

    #[test]
    fn a_board_below_eightfold_is_claimed() {
        let acme = Some(("acme.com", "https://acme.eightfold.ai/careers"));
        check("https://acme.eightfold.ai/careers", acme);
        check("acme.eightfold.ai", acme);
        check("https://acme.eightfold.ai/careers/job/1099555326551", acme);
        check(
            "https://acme.eightfold.ai/careers?query=x&domain=acme.org",
            Some((
                "acme.org",
                "https://acme.eightfold.ai/careers?domain=acme.org",
            )),
        );
        check("https://www.eightfold.ai/careers", None);
        check("https://eightfold.ai/", None);
        check("https://a.b.eightfold.ai/careers", None);
        check("https://acme.eightfold.ai.evil.example/careers", None);
    }

    #[test]
    fn a_board_at_an_employers_own_host_is_claimed_by_its_shape() {
        let ebbe = Some((
            "ebbe.example",
            "https://jobs.ebbe.example/careers?domain=ebbe.example",
        ));
        for url in [
            "https://jobs.ebbe.example/careers?domain=ebbe.example",
            "https://jobs.ebbe.example/careers/job/563671980?hl=en&domain=ebbe.example",
            "https://jobs.ebbe.example/careers/job/1970393556991275",
            "https://jobs.ebbe.example/api/pcsx/search?domain=ebbe.example&start=0",
            "https://jobs.ebbe.example/api/apply/v2/jobs?domain=ebbe.example",
        ] {
            check(url, ebbe);
        }
        check(
            "https://jobs.ebbe.co.uk/careers/job/1970393556991275",
            Some((
                "ebbe.co.uk",
                "https://jobs.ebbe.co.uk/careers?domain=ebbe.co.uk",
            )),
        );
        let microsoft = "https://apply.careers.microsoft.com/careers?domain=microsoft.com";
        check(
            "https://apply.careers.microsoft.com/",
            Some(("microsoft.com", microsoft)),
        );
        check(microsoft, Some(("microsoft.com", microsoft)));
        for url in [
            "https://jobs.ebbe.example/careers",
            "https://jobs.ebbe.example/careers/job/12345",
            "https://jobs.ebbe.example/jobs?domain=ebbe.example",
            "https://jobs.ebbe.example/careers?domain=a/../b",
            "https://jobs.ebbe.example/api/v1?domain=ebbe.example",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn the_employer_is_named_after_its_domain() {
        let company = |url| board(url).and_then(|board| board.company);
        let found = company("https://acme.eightfold.ai/careers");
        assert_eq!(found.as_deref(), Some("Acme"));
    }
}
