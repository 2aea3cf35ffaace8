//! Which addresses are a careers site on Oracle Recruiting: by the shape of the
//! path, since employers have it at hosts of Oracle and at their own.

use portal_sdk::{Address, Board, PortalError, is_name};

const FUSION: &str = ".oraclecloud.com";

/// The board `url` belongs to. Its key is the site's name behind the customer's.
pub(crate) fn board(url: &str) -> Option<Board> {
    let site = Site::parse(url)?;
    let customer = match site.host.strip_suffix(FUSION) {
        Some(labels) => labels.split('.').next()?,
        None => &site.host,
    };
    Some(Board {
        key: format!("{customer}/{}", site.name),
        url: site.list(),
        company: None,
    })
}

/// A careers site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    pub(crate) host: String,
    /// Its path up to the name.
    folder: String,
    /// "CX_1001", or a word the employer chose for it.
    pub(crate) name: String,
}

impl Site {
    /// From what [`board`] gave.
    pub(crate) fn of(board: &Board) -> Result<Self, PortalError> {
        Self::parse(&board.url).ok_or_else(|| {
            PortalError::Invalid(format!("{:?} is no site on Oracle Recruiting", board.url))
        })
    }

    fn parse(url: &str) -> Option<Self> {
        let address = Address::parse(url)?;
        let parts: Vec<&str> = address.path.iter().map(String::as_str).collect();
        let own = |language: &str| format!("{language}/sites");
        let (folder, name) = match parts.as_slice() {
            [first, second, language, "sites", name, ..]
                if first.eq_ignore_ascii_case("hcmUI")
                    && second.eq_ignore_ascii_case("CandidateExperience") =>
            {
                let folder = format!("hcmUI/CandidateExperience/{}", own(language));
                (is_language(language).then_some(folder)?, *name)
            }
            // An employer's own host leaves out the first two.
            [
                language,
                "sites",
                name,
                "job" | "jobs" | "requisitions" | "preview",
                ..,
            ] => (is_language(language).then(|| own(language))?, *name),
            [first, .., last]
                if first.eq_ignore_ascii_case("hcmRestApi")
                    && last.starts_with("recruitingCEJobRequisition") =>
            {
                let finder = address.value("finder")?;
                let (_, after) = finder.split_once("siteNumber=")?;
                let name = after.split([',', ';']).next()?.trim_matches('"');
                ("hcmUI/CandidateExperience/en/sites".to_owned(), name)
            }
            _ => return None,
        };
        is_name(name).then(|| Self {
            host: address.host.clone(),
            folder,
            name: name.to_owned(),
        })
    }

    /// The page that lists the openings.
    pub(crate) fn list(&self) -> String {
        let Self { host, folder, name } = self;
        format!("https://{host}/{folder}/{name}/jobs")
    }

    /// The page of one opening.
    pub(crate) fn opening(&self, id: &str) -> String {
        let Self { host, folder, name } = self;
        format!("https://{host}/{folder}/{name}/job/{id}")
    }
}

/// "en", "fr-CA", "zh-Hans".
fn is_language(part: &str) -> bool {
    (2..=7).contains(&part.len())
        && part
            .bytes()
            .all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_'))
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
    fn a_site_at_oracle_is_claimed() {
        let list =
            "https://ebbe.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/jobs";
        for url in [
            list,
            "ebbe.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1",
            "https://ebbe.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/requisitions?keyword=x",
            "https://ebbe.fa.em2.oraclecloud.com/hcmui/candidateexperience/en/sites/CX_1/job/210/?utm=x",
            "https://ebbe.fa.em2.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true&finder=findReqs;siteNumber=CX_1,limit=25",
        ] {
            check(url, Some(("ebbe/CX_1", list)));
        }
        check(
            "https://ebbe.fa.oraclecloud.com/hcmUI/CandidateExperience/fr-CA/sites/careers/jobs",
            Some((
                "ebbe/careers",
                "https://ebbe.fa.oraclecloud.com/hcmUI/CandidateExperience/fr-CA/sites/careers/jobs",
            )),
        );
    }

    #[test]
    fn a_site_at_an_employers_own_host_is_claimed_by_its_shape() {
        let own = Some((
            "careers.ebbe.example/jobsearch",
            "https://careers.ebbe.example/en/sites/jobsearch/jobs",
        ));
        check("https://careers.ebbe.example/en/sites/jobsearch/jobs", own);
        check("https://careers.ebbe.example/en/sites/jobsearch/job/7", own);
        check(
            "https://careers.ebbe.example/hcmUI/CandidateExperience/en/sites/CX_2/jobs",
            Some((
                "careers.ebbe.example/CX_2",
                "https://careers.ebbe.example/hcmUI/CandidateExperience/en/sites/CX_2/jobs",
            )),
        );
        for url in [
            "https://ebbe.fa.em2.oraclecloud.com/",
            "https://ebbe.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en",
            "https://ebbe.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/a%2Fb/jobs",
            "https://careers.ebbe.example/en/sites/jobsearch",
            "https://careers.ebbe.example/languages1/sites/x/jobs",
            "https://careers.ebbe.example/hcmRestApi/resources/latest/recruitingCEJobRequisitions",
            "",
        ] {
            check(url, None);
        }
    }

    #[test]
    fn a_boards_address_leads_back_to_its_site() {
        let board = board("https://careers.ebbe.example/en/sites/jobsearch/job/7").unwrap();
        let site = Site::of(&board).unwrap();
        assert_eq!(
            (site.host.as_str(), site.name.as_str()),
            ("careers.ebbe.example", "jobsearch")
        );
        assert_eq!(
            site.opening("7"),
            "https://careers.ebbe.example/en/sites/jobsearch/job/7"
        );
    }
}
