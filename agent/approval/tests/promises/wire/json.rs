//! Bodies a page's script composed.

use agent_approval::*;

use super::{Case, Encoding, FORMS, check};

#[test]
fn a_scripts_json_may_hold_machine_text_but_no_second_copy_of_what_was_typed() {
    let json = [Encoding::Json];
    check(
        &json,
        |case| case.add("upload_url", "https://store.example/uploads/b71f"),
        &Ok(()),
    );
    check(&json, |case| case.add("question", "Country"), &Ok(()));
    let again = |name: &str| {
        Err(WireRefusal::Repeated {
            field: "Name".into(),
            place: Place::Value(name.into()),
        })
    };
    check(
        &json,
        |case| case.add("full_name", "Ada Lovelace"),
        &again("full_name"),
    );
    check(
        &FORMS,
        |case| case.add("utm", "Ada Lovelace"),
        &again("utm"),
    );
}

#[test]
fn p1_no_json_member_hides_behind_another_of_its_name() {
    let case = Case::good(Encoding::Json);
    let (content_type, body) = case.encode(Encoding::Json);
    let text = String::from_utf8(body).unwrap();
    let check = |body: &str| case.check_body(Some(&content_type), WireBody::Whole(body.as_bytes()));
    let with =
        |member: &str| text.replacen("\"challenge\":", &format!("{member}, \"challenge\":"), 1);
    assert_eq!(check(&text), Ok(()));
    assert_eq!(check(&with(r#""challenge": "03AGdBr""#)), Ok(()));
    let hidden = Err(WireRefusal::Protected {
        what: "home address".into(),
        place: Place::Value("challenge".into()),
    });
    assert_eq!(check(&with(r#""challenge": "Engine Street 5""#)), hidden);
    assert_eq!(
        check(&with(r#""challenge": "Engine \u0053treet 5""#)),
        hidden
    );
    let number = Err(WireRefusal::Protected {
        what: "second telephone".into(),
        place: Place::Value("n".into()),
    });
    assert_eq!(
        check(&with(r#""n": 0.00000000000000000442079460000"#)),
        number
    );
    assert_eq!(
        check(&with(r#""n": 0.00000000000000000442079460001"#)),
        Ok(())
    );
    let in_a_name = Err(WireRefusal::Protected {
        what: "home address".into(),
        place: Place::Name,
    });
    assert_eq!(check(&with(r#""engine street 5": 1"#)), in_a_name);
    for broken in [
        &text[1..],
        &text[..text.len() - 1],
        &format!("{text}{text}"),
        &with(r#""a": "\ud800""#),
        &with("\"a\": 01"),
    ] {
        assert!(
            matches!(check(broken), Err(WireRefusal::Malformed { .. })),
            "{broken}"
        );
    }
    let deep = with(&format!(
        "\"a\": {}{}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    ));
    assert!(matches!(check(&deep), Err(WireRefusal::Malformed { .. })));
    let many = with(&format!("\"a\": [{}0]", "0,".repeat(10_000)));
    assert_eq!(check(&many), Err(WireRefusal::TooMany { most: 4096 }));
}
