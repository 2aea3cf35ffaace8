//! Boards on Workable: through the list made for companies' own sites, which has
//! everything at once, else through the one its careers page asks, which has
//! pages and no descriptions.

mod claim;
mod form;
mod job;
mod place;
mod read;
mod twins;

use std::collections::BTreeMap;

use portal_sdk::{
    Board, Capability, Level, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, get_json_if_any, log, name, post_json,
};

const HOST: &str = "https://apply.workable.com";
/// Stands before the mark of a page of the second list in a cursor.
const TOKEN: &str = "token/";

struct Workable;

impl Portal for Workable {
    fn describe() -> Manifest {
        Manifest {
            id: "workable".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Workable.".to_owned(),
            hosts: vec!["apply.workable.com".to_owned()],
            form_hosts: form::HOSTS.map(str::to_owned).to_vec(),
            supports: vec![Capability::Discover, Capability::Detail, Capability::Form],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let account = name(&board.key, "Workable board")?;
        let what = format!("board {account}");
        match cursor.as_deref() {
            None => match get_json_if_any(&widget(account), &what)? {
                Some(body) => read::page(&body, account, None),
                None => listed(account, None),
            },
            Some(cursor) => match cursor.strip_prefix(TOKEN) {
                Some(token) => listed(account, Some(token)),
                None => read::page(&get_json(&widget(account), &what)?, account, Some(cursor)),
            },
        }
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let account = name(&board.key, "Workable board")?;
        let (code, place) = twins::split(&external_id);
        let code = name(code, "Workable posting")?;
        let what = format!("posting {code} of board {account}");
        let own = format!("{HOST}/api/v2/accounts/{account}/jobs/{code}");
        let mut posting = match get_json_if_any(&own, &what)? {
            Some(body) => job::detail(&body, account, &what)?,
            None => {
                let body = get_json_if_any(&widget(account), &what)?
                    .ok_or_else(|| PortalError::Gone(format!("{what} is not there (any more)")))?;
                return read::one(&body, account, &external_id);
            }
        };
        if let Some(place) = place {
            twins::keep(&mut posting, place);
        }
        posting.external_id = external_id;
        Ok(posting)
    }

    fn form(board: Board, external_id: String) -> Result<Recipe, PortalError> {
        let account = name(&board.key, "Workable board")?;
        let (code, _) = twins::split(&external_id);
        let code = name(code, "Workable posting")?;
        let what = format!("the form of posting {code} of board {account}");
        let body = get_json(&format!("{HOST}/api/v1/jobs/{code}/form"), &what)?;
        let asked = form::Asked::read(&body, &what)?;
        for line in &asked.unread {
            log(Level::Warn, line);
        }
        let store = form::has_file(&asked.questions)
            .then(|| get_json(&form::stores(code), "where files go").ok())
            .flatten()
            .and_then(|body| form::store(&body));
        let spot = form::Spot {
            account,
            code,
            store,
        };
        Ok(form::recipe(&spot, asked.questions))
    }
}

/// The list with everything, descriptions too.
fn widget(account: &str) -> String {
    format!("{HOST}/api/v1/widget/accounts/{account}?details=true")
}

/// A page of the list the careers page asks for.
fn listed(account: &str, token: Option<&str>) -> Result<Page, PortalError> {
    let all = serde_json::json!([]);
    let mut body = BTreeMap::from([("query", serde_json::json!(""))]);
    for filter in ["location", "department", "worktype", "remote"] {
        body.insert(filter, all.clone());
    }
    if let Some(token) = token {
        body.insert("token", token.into());
    }
    let body = serde_json::json!(body);
    let url = format!("{HOST}/api/v3/accounts/{account}/jobs");
    let answer = post_json(&url, &body.to_string(), &format!("board {account}"))?;
    let mut page = read::page(&answer, account, None)?;
    // A page that leads to itself would be asked for without end.
    let repeats = token.is_some_and(|token| {
        page.next
            .as_deref()
            .and_then(|next| next.strip_prefix(TOKEN))
            == Some(token)
    });
    if repeats || page.postings.is_empty() {
        page.next = None;
    }
    Ok(page)
}

portal_sdk::export!(Workable with_types_in portal_sdk::contract);
