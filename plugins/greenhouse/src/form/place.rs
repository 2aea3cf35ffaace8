//! Where a posting's form is, which shape it has, and where it is sent.

use portal_sdk::html::{Piece, Tag, pieces};
use portal_sdk::{Address, PortalError, WebPage, is_name};

/// Hosts of the forms' pages: the classic one and the newer one, of each region.
pub(crate) const PAGES: [&str; 4] = [BOARDS, JOB_BOARDS, EU_BOARDS, EU_JOB_BOARDS];
const BOARDS: &str = "boards.greenhouse.io";
const JOB_BOARDS: &str = "job-boards.greenhouse.io";
const EU_BOARDS: &str = "boards.eu.greenhouse.io";
const EU_JOB_BOARDS: &str = "job-boards.eu.greenhouse.io";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Classic,
    New,
}

/// The address of a form's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    host: &'static str,
    token: String,
    id: String,
    /// Made to stand in a frame of the company's own site.
    embedded: bool,
}

/// A form as it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) spot: Spot,
    pub(crate) shape: Shape,
    /// Origin and path it is sent to.
    pub(crate) action: String,
}

impl Spot {
    /// The page that the posting's own address leads to. One on the company's
    /// site has its form in a frame, which can be opened alone.
    pub(crate) fn stated(token: &str, id: &str, url: Option<&str>) -> Self {
        let address = url.and_then(Address::parse);
        let host = address
            .as_ref()
            .and_then(|address| page_host(&address.host));
        let (host, embedded) = match (host, &address) {
            (Some(host), Some(address)) => (host, address.name_at(0) == Some("embed")),
            (_, Some(_)) => (BOARDS, true),
            (_, None) => (JOB_BOARDS, false),
        };
        Self {
            host,
            token: token.to_owned(),
            id: id.to_owned(),
            embedded,
        }
    }

    /// Where asking for the page ended; none when it is no page of this posting.
    fn landed(&self, url: &str) -> Option<Self> {
        let address = Address::parse(url)?;
        let path: Vec<&str> = address.path.iter().map(String::as_str).collect();
        let (token, id, embedded) = match path.as_slice() {
            ["embed", "job_app"] => (address.value("for")?, address.value("token")?, true),
            [token, "jobs", id] => (*token, *id, false),
            _ => return None,
        };
        let same = token.eq_ignore_ascii_case(&self.token) && id == self.id && is_name(token);
        same.then_some(Self {
            host: page_host(&address.host)?,
            token: token.to_owned(),
            id: id.to_owned(),
            embedded,
        })
    }

    pub(crate) fn url(&self) -> String {
        let Self {
            host, token, id, ..
        } = self;
        if self.embedded {
            format!("https://{host}/embed/job_app?for={token}&token={id}")
        } else {
            format!("https://{host}/{token}/jobs/{id}")
        }
    }

    pub(crate) fn query_keys(&self) -> Vec<String> {
        let keys: &[&str] = if self.embedded {
            &["for", "token"]
        } else {
            &[]
        };
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    /// The host that takes applications in this region.
    pub(crate) fn boards(&self) -> &'static str {
        match self.host {
            EU_BOARDS | EU_JOB_BOARDS => EU_BOARDS,
            _ => BOARDS,
        }
    }

    /// Where a form of the newer shape goes, unless its page says otherwise.
    fn submissions(&self) -> String {
        let Self { token, id, .. } = self;
        let embed = if self.embedded { "embed/" } else { "" };
        format!("https://{}/{embed}{token}/jobs/{id}", self.boards())
    }

    /// The form's `action` as origin and path; without one it goes to its page.
    fn resolve(&self, action: Option<&str>) -> String {
        let action = action.unwrap_or_default();
        let path = action.split(['?', '#']).next().unwrap_or_default();
        if path.starts_with("https://") {
            return path.to_owned();
        }
        match path.strip_prefix('/') {
            Some(rest) if !rest.starts_with('/') => format!("https://{}/{rest}", self.host),
            _ => {
                let url = self.url();
                url.split('?').next().unwrap_or_default().to_owned()
            }
        }
    }
}

impl Place {
    /// The form on `page`, or where it is known to be when the page could not be
    /// looked at. The portal moves boards from the classic shape to the newer
    /// one, and the old addresses lead there: the page itself tells.
    pub(crate) fn of(stated: Spot, page: Option<&WebPage>) -> Result<Self, PortalError> {
        let Some(page) = page else {
            let shape = match stated.host {
                JOB_BOARDS | EU_JOB_BOARDS => Shape::New,
                _ => Shape::Classic,
            };
            let action = match shape {
                Shape::New => stated.submissions(),
                Shape::Classic => {
                    stated.resolve(Some(&format!("/{}/jobs/{}", stated.token, stated.id)))
                }
            };
            return Ok(Self {
                spot: stated,
                shape,
                action,
            });
        };
        let Some(spot) = stated.landed(&page.url) else {
            return Err(PortalError::Gone(format!(
                "the page of posting {} leads elsewhere",
                stated.id
            )));
        };
        let (shape, action) = match form(&page.html) {
            Some((Shape::Classic, tag)) => (Shape::Classic, spot.resolve(tag.value("action"))),
            Some((Shape::New, _)) => {
                let stated = submit_path(&page.html);
                (Shape::New, stated.unwrap_or_else(|| spot.submissions()))
            }
            None => {
                return Err(PortalError::Changed(format!(
                    "the page of posting {} has no application form",
                    spot.id
                )));
            }
        };
        Ok(Self {
            spot,
            shape,
            action,
        })
    }

    /// The address that tells a page of this shape where to put files.
    pub(crate) fn stores(&self) -> Option<String> {
        match self.shape {
            Shape::Classic => None,
            Shape::New => Some(format!(
                "https://{}/uncacheable_attributes/presigned_fields?fields[]=resume",
                self.spot.boards()
            )),
        }
    }
}

fn page_host(host: &str) -> Option<&'static str> {
    PAGES.into_iter().find(|page| *page == host)
}

fn form(html: &str) -> Option<(Shape, Tag)> {
    pieces(html).find_map(|piece| match piece {
        Piece::Open(tag) if tag.name == "form" => match tag.value("id") {
            Some("application_form") => Some((Shape::Classic, tag)),
            Some("application-form") => Some((Shape::New, tag)),
            Some(_) | None => None,
        },
        Piece::Open(_) | Piece::Close(_) | Piece::Words(_) => None,
    })
}

/// The address the page's script sends to, from the JSON in the page.
fn submit_path(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("\"submitPath\":")?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    let path = values.next()?.ok()?;
    path.starts_with("https://").then_some(path)
}
