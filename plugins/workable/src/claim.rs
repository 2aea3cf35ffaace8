//! Which addresses are a board on Workable.

use portal_sdk::{Address, Board, is_name};

/// Names before `.workable.com` that are the portal's own.
const HOSTS: [&str; 12] = [
    "apply",
    "blog",
    "careers",
    "certified",
    "get",
    "help",
    "id",
    "jobs",
    "news",
    "partners",
    "resources",
    "www",
];
/// First parts of the path that are the portal's own. `j/CODE` leads to a posting
/// without saying whose it is.
const PATHS: [&str; 4] = ["api", "j", "jobs", "oops"];

/// The board `url` belongs to: a careers page, a posting, its form, or one of
/// the addresses its page asks.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let path: Vec<&str> = address.path.iter().map(String::as_str).collect();
    let account = match (address.host.as_str(), path.as_slice()) {
        ("apply.workable.com", ["api", _, "widget", "accounts", account, ..])
        | ("apply.workable.com", ["api", _, "accounts", account, ..])
        | ("www.workable.com", ["api", "accounts", account, ..]) => *account,
        ("apply.workable.com", [account, ..]) if !PATHS.contains(account) => *account,
        (host, _) => host
            .strip_suffix(".workable.com")
            .filter(|account| !account.contains('.') && !HOSTS.contains(account))?,
    };
    is_name(account).then(|| Board {
        key: account.to_owned(),
        url: format!("https://apply.workable.com/{account}/"),
        company: None,
    })
}

#[cfg(test)]
mod tests {
    fn check(url: &str, expected: Option<&str>) {
        let board = super::board(url);
        assert_eq!(board.as_ref().map(|b| b.key.as_str()), expected, "{url}");
    }

    #[test]
    fn a_careers_address_is_claimed_however_it_is_written() {
        for url in [
            "https://apply.workable.com/acme/",
            "apply.workable.com/acme/?lng=en",
            "https://apply.workable.com/acme/j/1A2B3C4D5E/apply/",
            "https://apply.workable.com/api/v1/widget/accounts/acme?details=true",
            "https://apply.workable.com/api/v3/accounts/acme/jobs",
            "https://www.workable.com/api/accounts/acme?details=true",
            "https://acme.workable.com/jobs/123",
        ] {
            check(url, Some("acme"));
        }
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://apply.workable.com/",
            "https://apply.workable.com/j/1A2B3C4D5E",
            "https://apply.workable.com/api/v1/jobs/1A2B3C4D5E/form",
            "https://apply.workable.com/a%2Fb",
            "https://jobs.workable.com/view/x",
            "https://www.workable.com/acme",
            "https://a.b.workable.com/",
            "https://workable.com/acme",
            "https://apply.workable.com.evil.example/acme",
            "",
        ] {
            check(url, None);
        }
    }
}
