//! Portals that are asked with a JSON body, and answers that may not be to be had.

use crate::PortalError;
use crate::answer::{Answer, not_fetched};
use crate::contract::jobagent::portal::http::{self, FetchError};

/// The body of the JSON that answers `body`, posted as JSON to `url`; see
/// [`Answer::json`] for what is an error.
pub fn post_json(url: &str, body: &str, what: &str) -> Result<Vec<u8>, PortalError> {
    let response = http::post_json(url, body).map_err(not_fetched)?;
    answer(response).json(what)
}

/// The body of the JSON at `url`; none where this way of asking is closed: the
/// host may not fetch it (robots.txt, a host that is not granted, a recording
/// without it), or the portal has nothing there.
pub fn get_json_if_any(url: &str, what: &str) -> Result<Option<Vec<u8>>, PortalError> {
    match http::get(url) {
        Ok(response) => if_any(answer(response).json(what)),
        Err(
            FetchError::NotGranted(_) | FetchError::Refused(_) | FetchError::NoRecordedAnswer(_),
        ) => Ok(None),
        Err(error @ (FetchError::TooMuch(_) | FetchError::Wait(_) | FetchError::Failed(_))) => {
            Err(not_fetched(error))
        }
    }
}

fn if_any(read: Result<Vec<u8>, PortalError>) -> Result<Option<Vec<u8>>, PortalError> {
    match read {
        Ok(body) => Ok(Some(body)),
        Err(PortalError::Gone(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn answer(response: http::Response) -> Answer {
    Answer {
        status: response.status,
        content_type: response.content_type,
        body: response.body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_there_is_nothing() {
        let read = |status, body: &str| {
            let answer = Answer {
                status,
                content_type: String::new(),
                body: body.into(),
            };
            if_any(answer.json("board acme"))
        };
        assert_eq!(read(200, "[]").unwrap(), Some(b"[]".to_vec()));
        assert_eq!(read(404, "Not Found").unwrap(), None);
        assert_eq!(read(410, "").unwrap(), None);
        for status in [401, 429, 500] {
            assert!(read(status, "[]").is_err(), "{status}");
        }
    }
}
