//! Which addresses are a board on SmartRecruiters.

use portal_sdk::{Address, Board, is_name};

/// First parts of the path that are the portal's own.
const RESERVED: [&str; 5] = [
    "api",
    "external-referrals",
    "my-applications",
    "ni",
    "oneclick-ui",
];

/// The board `url` belongs to: a careers page, a posting, its form, or the API's
/// address.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let path: Vec<&str> = address.path.iter().map(String::as_str).collect();
    let company = match (address.host.as_str(), path.as_slice()) {
        ("api.smartrecruiters.com", ["v1", "companies", company, "postings", ..])
        | ("jobs.smartrecruiters.com", ["oneclick-ui", "company", company, ..]) => *company,
        ("careers.smartrecruiters.com" | "jobs.smartrecruiters.com", [company, ..])
            if !RESERVED.contains(company) =>
        {
            *company
        }
        _ => return None,
    };
    is_name(company).then(|| Board {
        key: company.to_owned(),
        url: format!("https://careers.smartrecruiters.com/{company}"),
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
            "https://careers.smartrecruiters.com/Acme1",
            "careers.smartrecruiters.com/Acme1/office?search=x",
            "https://jobs.smartrecruiters.com/Acme1",
            "https://jobs.smartrecruiters.com/Acme1/744000100000001-cook?oga=true",
            "https://jobs.smartrecruiters.com/oneclick-ui/company/Acme1/publication/0f?dcr_ci=x",
            "https://api.smartrecruiters.com/v1/companies/Acme1/postings?limit=100",
        ] {
            check(url, Some("Acme1"));
        }
    }

    #[test]
    fn another_address_is_left_alone() {
        for url in [
            "https://careers.smartrecruiters.com/",
            "https://careers.smartrecruiters.com/a%2Fb",
            "https://jobs.smartrecruiters.com/oneclick-ui",
            "https://api.smartrecruiters.com/v1/companies/Acme1",
            "https://www.smartrecruiters.com/Acme1",
            "https://careers.smartrecruiters.com.evil.example/Acme1",
            "",
        ] {
            check(url, None);
        }
    }
}
