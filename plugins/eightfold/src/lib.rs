//! Boards on Eightfold, below eightfold.ai and at employers' own hosts, read
//! through whichever of its two interfaces the tenant serves.

mod api;
mod claim;
mod place;
mod python;
mod read;

use portal_sdk::{
    Board, Capability, Manifest, Page, Portal, PortalError, Posting, Query, Reach, Recipe,
    get_json, name, no_form,
};

use crate::api::{Api, either};
use crate::claim::Tenant;

struct Eightfold;

impl Portal for Eightfold {
    fn describe() -> Manifest {
        let hosts = [
            "*.eightfold.ai",
            "apply.careers.microsoft.com",
            "jobs.vodafone.com",
        ];
        Manifest {
            id: "eightfold".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Openings of companies whose careers page is on Eightfold, Microsoft \
                          and Vodafone among them."
                .to_owned(),
            hosts: hosts.map(str::to_owned).to_vec(),
            form_hosts: Vec::new(),
            supports: vec![Capability::Discover, Capability::Detail],
            reach: Reach::Employer,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        claim::board(&url)
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let at = Tenant::of(&board)?;
        let what = format!("board {}", at.domain);
        let ask = |api: Api, start| {
            let body = get_json(&api.list(&at, start), &what)?;
            read::page(&body, &at, (api, start))
        };
        match cursor {
            Some(cursor) => {
                let (api, start) = Api::resume(&cursor)?;
                ask(api, start)
            }
            None => either(Api::order(&at), |api| ask(api, 0)),
        }
    }

    fn detail(board: Board, external_id: String) -> Result<Posting, PortalError> {
        let at = Tenant::of(&board)?;
        let id = name(&external_id, "Eightfold position")?;
        let what = format!("position {id} of {}", at.domain);
        either(Api::order(&at), |api| {
            let body = get_json(&api.detail(&at, id), &what)?;
            read::detail(&body, &at, id)
        })
    }

    fn form(_: Board, _: String) -> Result<Recipe, PortalError> {
        no_form()
    }
}

portal_sdk::export!(Eightfold with_types_in portal_sdk::contract);
