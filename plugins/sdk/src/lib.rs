//! What a portal plugin is written with: the contract's types, fetching with
//! errors in the contract's words, and small tools for addresses and HTML.
//!
//! A plugin is a type with the five functions of [`Portal`] and one line,
//! `portal_sdk::export!(TheType with_types_in portal_sdk::contract);`. Keep
//! reading apart from fetching: a function from bytes to postings is tested
//! natively, with `cargo test`, on answers saved in a file.
#![deny(missing_docs)]

mod address;
mod answer;
mod category;
mod compose;
mod cursor;
mod document;
mod entity;
mod epoch;
mod fields;
mod form;
pub mod html;
pub mod job_posting;
pub mod json;
pub mod markup;
mod name;
mod paging;
mod post;
mod query;
mod reason;
mod rows;
mod script;
pub mod select;
mod step;
mod tenant;
pub mod text;
mod tidy;
pub mod xml;

/// The contract as generated from `wit/portal`.
#[allow(missing_docs, clippy::all, clippy::restriction)]
pub mod contract {
    wit_bindgen::generate!({
        path: "../../wit/portal/0.1",
        world: "portal",
        generate_all,
        pub_export_macro: true,
        export_macro_name: "export_portal",
        default_bindings_module: "portal_sdk::contract",
    });
}

pub use contract::Guest as Portal;
pub use contract::export_portal as export;
pub use contract::jobagent::portal::forms::{
    Confirmation, Encoding, FieldKind, Meaning, Question, Recipe, Upload,
};
pub use contract::jobagent::portal::log::{Level, write as log};
pub use contract::jobagent::portal::types::{
    Board, Capability, Manifest, Page, Pay, PortalError, Posting, Query, Reach,
};

pub use address::Address;
pub use answer::{Answer, WebPage, get_json, get_page, get_xml, read_json, require_page};
pub use category::{category, category_board};
pub use compose::{path_part, place, sections, web_address};
pub use cursor::cursor_number;
pub use document::{Document, get_document};
pub use epoch::milliseconds;
pub use fields::{Fields, gather};
pub use form::{OPTIONS, QUESTIONS, TEXT, named, no_form, question};
pub use name::{is_name, name};
pub use paging::{PAGE, page};
pub use post::{get_json_if_any, post_json};
pub use query::with_query;
pub use reason::reason;
pub use rows::{row, rows};
pub use script::{Script, scripts};
pub use step::Step;
pub use tenant::{tenant, tenant_board, tenant_host};
pub use tidy::tidy;

/// A posting with an id, an address and a title, and nothing else stated.
pub fn posting(external_id: String, url: String, title: String) -> Posting {
    Posting {
        external_id,
        url,
        apply_url: None,
        title,
        company: None,
        locations: Vec::new(),
        workplace: None,
        description_html: None,
        description_text: None,
        pay: None,
        employment: None,
        level: None,
        department: None,
        team: None,
        language: None,
        posted_at: None,
        closes_at: None,
        requisition_id: None,
        group_id: None,
        benefits: Vec::new(),
        industry: None,
        company_size: None,
        agency: None,
    }
}
