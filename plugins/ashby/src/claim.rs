//! Which addresses are a board on Ashby.

use portal_sdk::{Address, Board, PortalError, path_part};

/// First parts of the path that are the portal's own.
const RESERVED: [&str; 3] = ["api", "_next", "static"];

/// The board `url` belongs to: a board page, a posting, its form, an embedded
/// board, or the API's address.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let path: Vec<&str> = address.path.iter().map(String::as_str).collect();
    let name = match (address.host.as_str(), path.as_slice()) {
        ("jobs.ashbyhq.com", [name, ..]) if !RESERVED.contains(name) => *name,
        ("api.ashbyhq.com", ["posting-api", "job-board", name, ..]) => *name,
        _ => return None,
    };
    let name = checked(name).ok()?;
    Some(Board {
        key: name.to_owned(),
        url: format!("https://jobs.ashbyhq.com/{}", path_part(name)),
        company: None,
    })
}

/// `key` as the name of a board: companies put blanks and dots into theirs.
pub(crate) fn checked(key: &str) -> Result<&str, PortalError> {
    let plain = |c: char| !c.is_control() && !"/\\?#%<>".contains(c);
    let sound = (1..=100).contains(&key.len())
        && key.trim() == key
        && key.chars().all(plain)
        && key.chars().any(|c| c != '.');
    if sound {
        Ok(key)
    } else {
        Err(PortalError::Invalid(format!("{key:?} is no Ashby board")))
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
        let acme = Some(("acme", "https://jobs.ashbyhq.com/acme"));
        check("https://jobs.ashbyhq.com/acme", acme);
        check("jobs.ashbyhq.com/acme/?departmentId=7", acme);
        check("https://jobs.ashbyhq.com/acme/embed?version=2", acme);
        check(
            "https://jobs.ashbyhq.com/acme/0bb4-ff/application?utm_source=x",
            acme,
        );
        check(
            "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true",
            acme,
        );
        check(
            "https://jobs.ashbyhq.com/Northern%20Lights%20Inc.",
            Some((
                "Northern Lights Inc.",
                "https://jobs.ashbyhq.com/Northern%20Lights%20Inc.",
            )),
        );
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://jobs.ashbyhq.com/",
            "https://jobs.ashbyhq.com/..",
            "https://jobs.ashbyhq.com/a%2Fb",
            "https://jobs.ashbyhq.com/%20",
            "https://jobs.ashbyhq.com/api/non-user-graphql",
            "https://www.ashbyhq.com/acme",
            "https://jobs.ashbyhq.com.evil.example/acme",
            "https://api.ashbyhq.com/posting-api/acme",
            "https://jobs.lever.co/acme",
            "",
        ] {
            check(url, None);
        }
    }
}
