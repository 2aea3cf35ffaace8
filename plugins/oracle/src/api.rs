//! Where a site's postings are asked for. An employer's own host, and a site with
//! a name of its own, may need the host and number that the site's page states.

use portal_sdk::{Address, PortalError, Step, is_name};

use crate::claim::Site;

/// Postings of a full answer.
pub(crate) const FULL: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Api {
    host: String,
    site: String,
}

impl Api {
    /// As the site's address says.
    pub(crate) fn of(site: &Site) -> Self {
        Self {
            host: site.host.clone(),
            site: site.name.clone(),
        }
    }

    /// As the site's page says, where that is something else.
    pub(crate) fn stated(self, page: &str) -> Option<Self> {
        let host = setting(page, "apiBaseUrl")
            .and_then(Address::parse)
            .map_or_else(|| self.host.clone(), |address| address.host);
        let site = setting(page, "siteNumber")
            .filter(|number| is_name(number))
            .map_or_else(|| self.site.clone(), str::to_owned);
        let stated = Self { host, site };
        (stated != self).then_some(stated)
    }

    /// The postings from `start` on.
    pub(crate) fn list(&self, start: u32) -> String {
        let Self { host, site } = self;
        format!(
            "https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true\
             &expand=requisitionList.secondaryLocations&finder=findReqs;siteNumber={site},\
             limit={FULL},offset={start},sortBy=POSTING_DATES_DESC"
        )
    }

    /// One posting.
    pub(crate) fn detail(&self, id: &str) -> String {
        let Self { host, site } = self;
        format!(
            "https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails?expand=all\
             &onlyData=true&finder=ById;Id=%22{id}%22,siteNumber={site}"
        )
    }

    /// The cursor of the answer from `start` on: it keeps host and number.
    pub(crate) fn cursor(&self, start: u32) -> String {
        format!("{start} {} {}", self.host, self.site)
    }

    /// What [`Api::cursor`] wrote.
    pub(crate) fn resume(cursor: &str) -> Result<(Self, u32), PortalError> {
        let parts: Vec<&str> = cursor.split(' ').collect();
        match parts.as_slice() {
            [start, host, site] if is_name(host) && is_name(site) => {
                let api = Self {
                    host: (*host).to_owned(),
                    site: (*site).to_owned(),
                };
                Ok((api, Step::start(Some(start))?))
            }
            _ => Err(PortalError::Invalid(format!(
                "{cursor:?} is no cursor of Oracle Recruiting"
            ))),
        }
    }
}

/// The text a page's script gives `name`: `name: 'text'`, `"name":"text"`.
fn setting<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    page.match_indices(name).find_map(|(at, _)| {
        let after = page.get(at + name.len()..)?;
        let value = after.trim_start_matches([' ', '"', '\'', ':', '=', '\\']);
        // Only what stands in quotes: a variable's name says nothing.
        let between = after.get(..after.len() - value.len())?;
        let end = value.find(['"', '\'', '\\', '<', '\n'])?;
        (between.contains([':', '=']) && between.ends_with(['"', '\''])).then_some(())?;
        value.get(..end).filter(|value| !value.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(host: &str, site: &str) -> Api {
        Api {
            host: host.into(),
            site: site.into(),
        }
    }

    #[test]
    fn a_page_says_where_its_postings_are() {
        let own = || api("careers.ebbe.example", "jobsearch");
        let fusion = Some(api("ebbe.fa.em2.oraclecloud.com", "CX_45001"));
        for page in [
            "<script>var CX_CONFIG = {app: {apiBaseUrl: 'https://ebbe.fa.em2.oraclecloud.com:443', siteNumber: 'CX_45001'}};</script>",
            r#"{"siteNumber":"CX_45001","apiBaseUrl":"https://ebbe.fa.em2.oraclecloud.com"}"#,
            r#"siteNumber is x; siteNumber = "CX_45001"; apiBaseUrl=base; apiBaseUrl="https://ebbe.fa.em2.oraclecloud.com/"; "#,
        ] {
            assert_eq!(own().stated(page), fusion, "{page}");
        }
        for page in [
            "",
            "siteNumber: 'a/b'",
            "siteNumber: 'jobsearch'",
            "apiBaseUrl: ''",
            "siteNumber",
        ] {
            assert_eq!(own().stated(page), None, "{page}");
        }
    }

    #[test]
    fn a_cursor_keeps_host_and_site() {
        let api = api("ebbe.fa.oraclecloud.com", "CX_1");
        assert_eq!(Api::resume(&api.cursor(200)).unwrap(), (api, 200));
        for cursor in [
            "",
            "100",
            "x host.example CX_1",
            "1 a/b CX_1",
            "1 host.example CX_1 x",
        ] {
            let error = Api::resume(cursor).unwrap_err();
            assert!(
                matches!(error, PortalError::Invalid(_)),
                "{cursor} {error:?}"
            );
        }
    }

    #[test]
    fn paging_stands_inside_the_finder() {
        let url = api("ebbe.fa.oraclecloud.com", "CX_1").list(100);
        assert!(
            url.ends_with(
                "finder=findReqs;siteNumber=CX_1,limit=100,offset=100,sortBy=POSTING_DATES_DESC"
            ),
            "{url}"
        );
        assert!(!url.contains(' '), "{url}");
    }
}
