//! Which addresses are a careers site on Workday, and where it answers.

use portal_sdk::{Address, Board, PortalError, is_name};

/// Each company at its own host: `acme.wd3.myworkdayjobs.com/Careers`.
const OWN: &str = ".myworkdayjobs.com";
/// Companies side by side: `wd3.myworkdaysite.com/recruiting/acme/Careers`.
const SHARED: &str = ".myworkdaysite.com";

/// A careers site: a company may have several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    host: String,
    tenant: String,
    name: String,
}

impl Site {
    /// Takes a board's key apart: `acme.wd3/Careers`, or `wd3/acme/Careers` where
    /// companies share a host.
    pub(crate) fn of_key(key: &str) -> Result<Self, PortalError> {
        let parts: Vec<&str> = key.split('/').collect();
        let sound = parts.iter().all(|part| is_name(part));
        match parts.as_slice() {
            [host, name] if sound && labels(host) => Ok(Self {
                host: format!("{host}{OWN}"),
                tenant: host.split('.').next().unwrap_or_default().to_owned(),
                name: (*name).to_owned(),
            }),
            [host, tenant, name] if sound && labels(host) => Ok(Self {
                host: format!("{host}{SHARED}"),
                tenant: (*tenant).to_owned(),
                name: (*name).to_owned(),
            }),
            _ => Err(PortalError::Invalid(format!(
                "{key:?} is no careers site on Workday"
            ))),
        }
    }

    /// The address a person would open.
    pub(crate) fn url(&self) -> String {
        let Self { host, tenant, name } = self;
        if host.ends_with(SHARED) {
            format!("https://{host}/recruiting/{tenant}/{name}")
        } else {
            format!("https://{host}/{name}")
        }
    }

    /// The address that answers in JSON. It takes no part for the language.
    pub(crate) fn api(&self) -> String {
        let Self { host, tenant, name } = self;
        format!("https://{host}/wday/cxs/{tenant}/{name}")
    }
}

/// The board `url` belongs to: a careers site, one of its postings, or the
/// address its page asks.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let path: Vec<&str> = address.path.iter().map(String::as_str).collect();
    let key = if let Some(host) = address.host.strip_suffix(OWN) {
        match path.as_slice() {
            ["wday", "cxs", _, site, ..] => key(&[host, site])?,
            // A part for the language alone does not tell which site it is of.
            [language, site, ..] if is_language(language) => key(&[host, site])?,
            [site, ..] if !is_language(site) => key(&[host, site])?,
            _ => return None,
        }
    } else {
        let host = address.host.strip_suffix(SHARED)?;
        match path.as_slice() {
            ["wday", "cxs", tenant, site, ..]
            | ["recruiting", tenant, site, ..]
            | [_, "recruiting", tenant, site, ..] => key(&[host, tenant, site])?,
            _ => return None,
        }
    };
    const RESERVED: [&str; 5] = ["wday", "job", "jobs", "login", "recruiting"];
    let site = Site::of_key(&key).ok()?;
    if RESERVED.contains(&site.name.as_str()) {
        return None;
    }
    Some(Board {
        key,
        url: site.url(),
        company: None,
    })
}

/// Plain names as a key.
fn key(parts: &[&str]) -> Option<String> {
    let sound = parts.iter().all(|part| is_name(part));
    sound.then(|| parts.join("/"))
}

/// Names between dots, as a host has them.
fn labels(text: &str) -> bool {
    text.split('.').all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

/// Whether a part of the path is "en-US", "pt_BR" or "de".
fn is_language(part: &str) -> bool {
    let letters = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    match part.split_once(['-', '_']) {
        Some((language, country)) => letters(language) && letters(country),
        None => letters(part),
    }
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
    fn a_careers_address_is_claimed_however_it_is_written() {
        let acme = Some((
            "acme.wd3/Acme_Careers",
            "https://acme.wd3.myworkdayjobs.com/Acme_Careers",
        ));
        for url in [
            "https://acme.wd3.myworkdayjobs.com/Acme_Careers",
            "acme.wd3.myworkdayjobs.com/en-US/Acme_Careers/?q=x",
            "https://ACME.wd3.myworkdayjobs.com/de/Acme_Careers/login",
            "https://acme.wd3.myworkdayjobs.com/pt_BR/Acme_Careers/details/Cook_R7",
            "https://acme.wd3.myworkdayjobs.com/Acme_Careers/job/Ghent/Cook_R7/apply",
            "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/Acme_Careers/jobs",
        ] {
            check(url, acme);
        }
        let shared = Some((
            "wd5/acme/External",
            "https://wd5.myworkdaysite.com/recruiting/acme/External",
        ));
        for url in [
            "https://wd5.myworkdaysite.com/recruiting/acme/External",
            "https://wd5.myworkdaysite.com/en-US/recruiting/acme/External/job/Ghent/Cook_R7",
            "https://wd5.myworkdaysite.com/wday/cxs/acme/External/jobs",
        ] {
            check(url, shared);
        }
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://acme.wd3.myworkdayjobs.com/",
            "https://acme.wd3.myworkdayjobs.com/en-US",
            "https://acme.wd3.myworkdayjobs.com/wday/cxs",
            "https://acme.wd3.myworkdayjobs.com/a%2Fb",
            "https://myworkdayjobs.com/Careers",
            "https://.myworkdayjobs.com/Careers",
            "https://acme.wd3.myworkdayjobs.com.evil.example/Careers",
            "https://wd5.myworkdaysite.com/acme/External",
            "https://www.workday.com/careers",
            "",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_key_leads_to_where_the_site_answers() {
        for (key, api) in [
            (
                "acme.wd3/Careers",
                "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/Careers",
            ),
            (
                "wd5/acme/External",
                "https://wd5.myworkdaysite.com/wday/cxs/acme/External",
            ),
        ] {
            assert_eq!(Site::of_key(key).unwrap().api(), api);
        }
        for key in [
            "",
            "acme",
            "a/b/c/d",
            "acme.wd3/",
            "a..b/c",
            "a b/c",
            "../c",
        ] {
            assert!(Site::of_key(key).is_err(), "{key}");
        }
    }
}
