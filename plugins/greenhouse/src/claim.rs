//! Which addresses are a board on Greenhouse.

use portal_sdk::{Address, Board};

/// The board `url` belongs to: a board page, one of its postings, the embedded
/// board, or the API's own address.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let token = match address.host.as_str() {
        "boards.greenhouse.io"
        | "boards.eu.greenhouse.io"
        | "job-boards.greenhouse.io"
        | "job-boards.eu.greenhouse.io" => match address.name_at(0)? {
            "embed" => address
                .value("for")
                .filter(|name| portal_sdk::is_name(name))?,
            token => token,
        },
        "boards-api.greenhouse.io" => match (address.name_at(0)?, address.name_at(1)?) {
            ("v1", "boards") => address.name_at(2)?,
            _ => return None,
        },
        _ => return None,
    };
    // The page the person knows, where they gave one: a portal moves its boards
    // from the first host to the second one by one.
    let page = match address.host.as_str() {
        "boards-api.greenhouse.io" => "job-boards.greenhouse.io",
        host => host,
    };
    Some(Board {
        key: token.to_owned(),
        url: format!("https://{page}/{token}"),
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
        check("https://boards.greenhouse.io/acme", Some("acme"));
        check("boards.greenhouse.io/acme/", Some("acme"));
        check(
            "https://job-boards.greenhouse.io/acme/jobs/4001?gh_src=x",
            Some("acme"),
        );
        check("https://job-boards.eu.greenhouse.io/acme", Some("acme"));
        check("https://boards.eu.greenhouse.io/acme/jobs/7", Some("acme"));
        check(
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
            Some("acme"),
        );
        check(
            "https://boards.greenhouse.io/embed/job_board?for=acme&b=https",
            Some("acme"),
        );
        check(
            "https://boards.greenhouse.io/embed/job_app?for=acme&token=7",
            Some("acme"),
        );
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://boards.greenhouse.io/",
            "https://boards.greenhouse.io/embed/job_board",
            "https://boards.greenhouse.io/embed/job_board?for=a/../b",
            "https://boards.greenhouse.io/a%2Fb",
            "https://www.greenhouse.io/acme",
            "https://boards.greenhouse.io.evil.example/acme",
            "https://boards-api.greenhouse.io/v2/boards/acme",
            "https://boards-api.greenhouse.io/v1/boards",
            "https://jobs.lever.co/acme",
            "acme",
            "",
        ] {
            check(url, None);
        }
    }
}
