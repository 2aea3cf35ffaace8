//! What the person keeps and did not approve is found wherever it stands.

use agent_approval::*;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};

use super::{ALL, Case, Encoding, check};

/// A value in the ways a page might send it.
fn disguises(value: &str) -> Vec<String> {
    let percent: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let form: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    vec![
        value.to_owned(),
        value.to_uppercase(),
        format!("a {value} b"),
        format!("{{\"q\":[\"{value}\"]}}"),
        percent.clone(),
        percent.to_lowercase().replace('%', "%25"),
        form,
        STANDARD.encode(value),
        URL_SAFE_NO_PAD.encode(value),
        URL_SAFE_NO_PAD.encode(format!("!{value}")),
        format!("token_{}", URL_SAFE_NO_PAD.encode(format!("??{value}??"))),
        STANDARD.encode(percent),
        STANDARD.encode(STANDARD.encode(format!("{value}!"))),
        value.replace(' ', "\n  "),
    ]
}

#[test]
fn p4_a_protected_value_is_found_raw_percent_encoded_and_in_base64() {
    for ProtectedValue { what, value } in Case::good(Encoding::Json).protected {
        for disguise in disguises(&value) {
            let refused = Err(WireRefusal::Protected {
                what: what.clone(),
                place: Place::Value("authenticity_token".into()),
            });
            check(
                &ALL,
                |case| *case.pair("authenticity_token") = disguise.clone(),
                &refused,
            );
            let mut case = Case::good(Encoding::Json);
            case.url = format!(
                "{}?t={}",
                case.url,
                url::form_urlencoded::byte_serialize(disguise.as_bytes()).collect::<String>()
            );
            let refused = Err(WireRefusal::Protected {
                what: what.clone(),
                place: Place::Address,
            });
            assert_eq!(case.check(Encoding::Json), refused, "{disguise}");
        }
    }
}

#[test]
fn p4_a_protected_number_is_found_however_it_is_written() {
    for written in [
        "+442079460000",
        "442079460000",
        "+44-20-7946.0000",
        "tel:+44 20 7946 0000",
    ] {
        let refused = Err(WireRefusal::Protected {
            what: "second telephone".into(),
            place: Place::Value("authenticity_token".into()),
        });
        check(
            &ALL,
            |case| *case.pair("authenticity_token") = written.into(),
            &refused,
        );
    }
    check(
        &ALL,
        |case| *case.pair("authenticity_token") = "+44 20 7946 0001".into(),
        &Ok(()),
    );
}

#[test]
fn p4_a_protected_value_is_found_in_a_name() {
    let refused = Err(WireRefusal::Protected {
        what: "home address".into(),
        place: Place::Name,
    });
    check(&ALL, |case| case.add("Engine Street 5", ""), &refused);
    check(&ALL, |case| case.add("Engine Street 6", ""), &Ok(()));
}

#[test]
fn a_protected_value_within_an_approved_one_is_approved() {
    let protect = |case: &mut Case, value: &str| {
        case.protected.push(ProtectedValue {
            what: "name".into(),
            value: value.into(),
        });
    };
    for value in [
        "Lovelace",
        "I count & compute",
        "Berlin",
        "+49 170 1234567",
        "ada.pdf",
    ] {
        for encoding in [Encoding::Urlencoded, Encoding::Multipart] {
            let mut case = Case::good(encoding);
            protect(&mut case, value);
            assert_eq!(case.check(encoding), Ok(()), "{value}");
        }
    }
}

#[test]
fn short_values_and_chance_do_not_refuse_a_token() {
    let values = ["2", "de", "Yes", "born", "Anna", "Acme"];
    let mut random = crate::random::Random(6);
    for _ in 0..200 {
        let bytes: [u8; 96] = random.bytes();
        let token = STANDARD.encode(bytes);
        let protect = |case: &mut Case| {
            for value in values {
                case.protected.push(ProtectedValue {
                    what: value.into(),
                    value: value.into(),
                });
            }
            *case.pair("authenticity_token") = token.clone();
        };
        check(&[Encoding::Json], protect, &Ok(()));
    }
}

#[test]
fn p4_no_text_of_the_form_stands_in_the_address() {
    let repeated = Err(WireRefusal::Repeated {
        field: "Name".into(),
        place: Place::Address,
    });
    for query in [
        "q=Ada+Lovelace",
        "q=x%20ada%20lovelace%20y",
        "Ada%20Lovelace",
        "q=QWRhIExvdmVsYWNl",
    ] {
        check(
            &ALL,
            |case| case.url = format!("{}?{query}", case.url),
            &repeated,
        );
    }
    for query in ["gh_jid=4711&for=acme", "page=2", ""] {
        check(
            &ALL,
            |case| case.url = format!("{}?{query}", case.url),
            &Ok(()),
        );
    }
    // A parameter that names the page may hold a word that was typed as well.
    let named = |case: &mut Case| {
        case.manifest.snapshots[0]
            .query
            .push(("who".into(), "Ada Lovelace".into()));
        case.url.push_str("?who=Ada%20Lovelace");
    };
    check(&ALL, named, &Ok(()));
}

#[test]
fn a_refusal_tells_no_value() {
    for disguise in disguises("Engine Street 5") {
        let mut case = Case::good(Encoding::Json);
        *case.pair("authenticity_token") = disguise.clone();
        let text = case.check(Encoding::Json).unwrap_err().to_string();
        assert!(
            text.contains("home address") && !text.to_lowercase().contains("engine"),
            "{text}"
        );
    }
}

#[test]
fn a_short_value_counts_as_a_word_and_a_long_one_anywhere() {
    let protect = |case: &mut Case, token: &str| {
        let value = "Anna".to_owned();
        case.protected.push(ProtectedValue {
            what: "nickname".into(),
            value,
        });
        *case.pair("authenticity_token") = token.into();
    };
    let refused = |what: &str| {
        Err(WireRefusal::Protected {
            what: what.into(),
            place: Place::Value("authenticity_token".into()),
        })
    };
    check(&ALL, |case| protect(case, "xxannaxx"), &Ok(()));
    check(
        &ALL,
        |case| protect(case, "xx-anna-xx"),
        &refused("nickname"),
    );
    check(
        &ALL,
        |case| protect(case, "xxEngine Street 5xx"),
        &refused("home address"),
    );
}
