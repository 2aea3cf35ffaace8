//! How fields look in JSON whose Rust type would say too little.

use prost_types::Timestamp;
use serde::{Serialize, Serializer};

use crate::v1::finding::Level;

/// Writes a time as RFC 3339 text in UTC.
pub(crate) fn time<S: Serializer>(
    time: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serializer.collect_str(time),
        None => serializer.serialize_none(),
    }
}

/// Writes a finding's level as a word.
pub(crate) fn level<S: Serializer>(level: &i32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match Level::try_from(*level) {
        Ok(Level::Ok) => "ok",
        Ok(Level::Note) => "note",
        Ok(Level::Fault) => "fault",
        Ok(Level::Unspecified) | Err(_) => "unknown",
    })
}

/// Writes a field that holds a JSON text as that JSON, so that readers parse once.
///
/// A text that is not JSON is written as a string; an empty one as null.
pub(crate) fn embedded<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if text.is_empty() {
        return serializer.serialize_none();
    }
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) => value.serialize(serializer),
        Err(_) => serializer.serialize_str(text),
    }
}

#[cfg(test)]
mod tests {
    use prost_types::Timestamp;
    use serde_json::json;

    use crate::v1::{Event, Finding, JobRow, StatusResponse, finding::Level};

    #[test]
    fn times_are_rfc_3339_and_absent_ones_null() {
        let status = StatusResponse {
            started: Some(Timestamp {
                seconds: 1_700_000_000,
                nanos: 0,
            }),
            ..StatusResponse::default()
        };
        let value = serde_json::to_value(status).unwrap();
        assert_eq!(value["started"], "2023-11-14T22:13:20Z");
        assert_eq!(value["last_sync"], json!(null));
    }

    #[test]
    fn details_are_embedded_and_levels_are_words() {
        let event = Event {
            detail_json: r#"{"jobs":3}"#.to_owned(),
            ..Event::default()
        };
        assert_eq!(
            serde_json::to_value(event).unwrap()["detail"],
            json!({"jobs": 3})
        );
        let broken = Event {
            detail_json: "{".to_owned(),
            ..Event::default()
        };
        assert_eq!(serde_json::to_value(broken).unwrap()["detail"], "{");
        let finding = Finding {
            level: Level::Fault.into(),
            ..Finding::default()
        };
        assert_eq!(serde_json::to_value(finding).unwrap()["level"], "fault");
    }

    #[test]
    fn an_unranked_job_has_a_null_score_and_not_zero() {
        assert_eq!(
            serde_json::to_value(JobRow::default()).unwrap()["score"],
            json!(null)
        );
    }
}
