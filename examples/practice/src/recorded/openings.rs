//! What recorded postings can be applied to: their forms are made here, the
//! same as those of written postings.
#![deny(clippy::indexing_slicing)]

use serde_json::Value;
use url::Url;

use crate::expected::Portal;
use crate::form::{Form, add_questions};
use crate::opening::{Opening, Shape};
use crate::portal::markup::escape;
use crate::portal::{greenhouse, lever};
use crate::site::Asked;

/// A posting of a recorded list.
pub(super) struct Listed {
    pub(super) opening: Opening,
    /// As the list has it.
    posting: Value,
}

/// The postings in a recorded answer; an answer to something else has none.
pub(super) fn read(portal: Portal, board: &str, from: &Url, body: &[u8]) -> Vec<Listed> {
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return Vec::new();
    };
    let list = match portal {
        Portal::Greenhouse => value.get("jobs"),
        Portal::Lever => Some(&value),
    };
    let postings = list.and_then(Value::as_array).into_iter().flatten();
    postings
        .filter_map(|posting| {
            Some(Listed {
                opening: opening(portal, board, from, posting)?,
                posting: posting.clone(),
            })
        })
        .collect()
}

fn opening(portal: Portal, board: &str, from: &Url, posting: &Value) -> Option<Opening> {
    let text = |key: &str| posting.get(key).and_then(Value::as_str);
    let (address, title) = match portal {
        Portal::Greenhouse => (text("absolute_url"), text("title")),
        Portal::Lever => (text("hostedUrl"), text("text")),
    };
    let address = address.and_then(|address| Url::parse(address).ok());
    let home = Url::parse(board).ok();
    let hosts = [&address, &home];
    let on = |shape: Shape| {
        let mut named = hosts.iter().filter_map(|url| url.as_ref()?.host_str());
        named.next() == Some(shape.host()) || named.any(|host| host == shape.host())
    };
    let shape = match portal {
        Portal::Lever => Shape::Lever,
        Portal::Greenhouse if on(Shape::GreenhouseNew) => Shape::GreenhouseNew,
        Portal::Greenhouse => Shape::GreenhouseClassic,
    };
    let id = match posting.get("id")? {
        Value::String(id) => id.clone(),
        number => number.to_string(),
    };
    let token = token(portal, address.as_ref(), from)?;
    let place = match portal {
        Portal::Greenhouse => posting.pointer("/location/name"),
        Portal::Lever => posting.pointer("/categories/location"),
    };
    let place = place.and_then(Value::as_str).unwrap_or_default();
    Some(Opening {
        shape,
        company: text("company_name").unwrap_or(&token).to_owned(),
        token,
        id,
        title: title.unwrap_or("A job").to_owned(),
        country: text("country").map(str::to_owned),
        description: format!("<p>{}</p>\n", escape(place)),
    })
}

/// The board's name: in a posting's own address at Lever, where it may differ
/// from the one asked for; in the address asked for at Greenhouse, where a
/// posting's may lead to the employer's own host.
fn token(portal: Portal, address: Option<&Url>, from: &Url) -> Option<String> {
    let segment = |url: &Url, at: usize| url.path_segments()?.nth(at).map(str::to_owned);
    match portal {
        // /v1/boards/{token}/jobs
        Portal::Greenhouse => segment(from, 2),
        // /{token}/{id}, or /v0/postings/{token}
        Portal::Lever => address
            .and_then(|address| segment(address, 0))
            .or_else(|| segment(from, 2)),
    }
}

/// The listed posting that a request for one posting's details is about.
pub(super) fn asked_for<'a>(
    asked: &Asked,
    find: impl Fn(Portal, &str, &str) -> Option<&'a Listed>,
) -> Option<&'a Listed> {
    let segments: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
    match (
        asked.method.as_str(),
        asked.host.as_str(),
        segments.as_slice(),
    ) {
        ("GET", greenhouse::API, ["v1", "boards", token, "jobs", id]) => {
            find(Portal::Greenhouse, token, id)
        }
        ("GET", lever::API, ["v0", "postings", token, id]) => find(Portal::Lever, token, id),
        _ => None,
    }
}

/// Whether the questions are asked for, which only Greenhouse knows of.
pub(super) fn wants_questions(asked: &Asked) -> bool {
    asked.host == greenhouse::API && asked.parameter("questions") == Some("true")
}

impl Listed {
    /// The details of a posting: those recorded, or else what the list says;
    /// and the questions of the form that is served here.
    pub(super) fn answer(&self, recorded: Option<&[u8]>, asked: &Asked) -> Value {
        let recorded = recorded.and_then(|bytes| serde_json::from_slice(bytes).ok());
        let mut details = recorded.unwrap_or_else(|| self.posting.clone());
        if let (true, Value::Object(details)) = (wants_questions(asked), &mut details) {
            add_questions(details, &Form::of(&self.opening));
        }
        details
    }
}
