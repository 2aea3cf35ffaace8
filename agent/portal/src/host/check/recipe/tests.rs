use agent_core::form::{Encoding, Meaning};
use agent_core::ids::ContentHash;

use super::*;
use crate::host::Reach;

fn plugin() -> InstalledPlugin {
    InstalledPlugin {
        id: "portal".into(),
        sha256: ContentHash::of("portal"),
        path: "portal.wasm".into(),
        hosts: vec!["api.example.com".parse().unwrap()],
        form_hosts: ["jobs.example.com", "*.cdn.example.com", "store.example.org"]
            .map(|host| host.parse().unwrap())
            .to_vec(),
        reach: Reach::Portal,
        terms_accepted: false,
    }
}

fn sound() -> Recipe {
    Recipe {
        url: "https://jobs.example.com/acme/7?token=7".into(),
        query_keys: vec!["token".into()],
        form: "#form".into(),
        submit: "#form [type=submit]".into(),
        method: "POST".into(),
        action: "https://api.example.com/acme/7".into(),
        encoding: Encoding::Multipart,
        page_hosts: vec!["*.a.cdn.example.com".into(), "API.example.com".into()],
        helper_hosts: vec!["b.cdn.example.com".into()],
        questions: vec![Question {
            label: "Which day?".into(),
            help: Some("Any.".into()),
            kind: FieldKind::Select,
            required: true,
            options: vec!["Monday".into(), "Friday".into()],
            meaning: Some(Meaning::Location),
            locator: Some("[name=day]".into()),
        }],
        uploads: vec![Upload {
            locator: "#resume".into(),
            method: "PUT".into(),
            url_prefix: "https://store.example.org".into(),
        }],
        confirmation: Confirmation {
            path_suffix: Some("/thanks".into()),
            locator: Some(".done".into()),
            reference: None,
        },
        refusal: ".error".into(),
        by_hand: None,
    }
}

fn changed(change: impl FnOnce(&mut Recipe)) -> Result<Recipe, PluginError> {
    let mut stated = sound();
    change(&mut stated);
    recipe(stated, &plugin())
}

#[test]
fn a_sound_recipe_is_taken_with_its_addresses_in_normal_form() {
    let expected = Recipe {
        page_hosts: vec!["*.a.cdn.example.com".into(), "api.example.com".into()],
        uploads: vec![Upload {
            url_prefix: "https://store.example.org/".into(),
            ..sound().uploads.remove(0)
        }],
        ..sound()
    };
    assert_eq!(recipe(sound(), &plugin()).unwrap(), expected);
}

#[track_caller]
fn check_host(change: impl FnOnce(&mut Recipe), expected: &str) {
    match changed(change) {
        Err(PluginError::HostNotGranted { host, .. }) => assert_eq!(host, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn p5_a_recipe_stays_within_the_granted_hosts() {
    let evil = || "https://evil.example/acme".to_owned();
    check_host(
        |r| r.url = "https://evil.example/?token=7".into(),
        "evil.example",
    );
    check_host(|r| r.action = evil(), "evil.example");
    check_host(|r| r.uploads[0].url_prefix = evil(), "evil.example");
    check_host(|r| r.action = "https://example.com/".into(), "example.com");
    check_host(
        |r| r.action = "https://cdn.example.com/".into(),
        "cdn.example.com",
    );
    check_host(
        |r| r.action = "https://jobs.example.com.evil.example/".into(),
        "jobs.example.com.evil.example",
    );
    check_host(|r| r.page_hosts.push("evil.example".into()), "evil.example");
    check_host(
        |r| r.page_hosts.push("*.example.com".into()),
        "*.example.com",
    );
    check_host(
        |r| r.helper_hosts.push("*.evil.example".into()),
        "*.evil.example",
    );
}

#[track_caller]
fn check_bad(change: impl FnOnce(&mut Recipe), part: &str) {
    match changed(change) {
        Err(PluginError::BadResult { why }) => assert!(why.contains(part), "{why}"),
        other => panic!("{other:?} is not about {part}"),
    }
}

#[test]
fn p5_an_address_a_browser_must_not_open_is_refused() {
    check_bad(
        |r| r.url = "http://jobs.example.com/?token=7".into(),
        "https",
    );
    check_bad(|r| r.action = "http://api.example.com/".into(), "https");
    check_bad(
        |r| r.uploads[0].url_prefix = "http://store.example.org/".into(),
        "https",
    );
    check_bad(|r| r.url = "javascript:alert(1)".into(), "https");
    check_bad(|r| r.url = "file:///etc/passwd".into(), "https");
    check_bad(|r| r.url = "jobs.example.com".into(), "cannot be read");
    check_bad(|r| r.action.clear(), "cannot be read");
    check_bad(|r| r.action = "https://127.0.0.1/".into(), "no host");
    check_bad(|r| r.action = "https://[::1]/".into(), "no host");
    check_bad(
        |r| r.action = "https://a@api.example.com/".into(),
        "user name",
    );
    check_bad(
        |r| r.action = "https://api.example.com:8443/".into(),
        "port",
    );
    check_bad(
        |r| r.action = "https://api.example.com/?a=b".into(),
        "query",
    );
    check_bad(|r| r.url.push_str("#apply"), "fragment");
    check_bad(|r| r.url.push('\n'), "control character");
    check_bad(|r| r.url.push_str(&"a".repeat(ADDRESS)), "too long");
    check_bad(|r| r.query_keys.push("for".into()), "query parameter");
    check_bad(|r| r.page_hosts.push("*".into()), "is not a host");
    check_bad(|r| r.page_hosts.push("127.0.0.1".into()), "is not a host");
}

#[test]
fn p5_a_recipe_that_makes_no_sense_is_refused() {
    check_bad(|r| r.method = "GET".into(), "neither POST nor PUT");
    check_bad(|r| r.method = "post".into(), "neither POST nor PUT");
    check_bad(
        |r| r.uploads[0].method = "DELETE".into(),
        "neither POST nor PUT",
    );
    check_bad(|r| r.form.clear(), "the form");
    check_bad(|r| r.submit = "#a\u{1b}[2J".into(), "the submit control");
    check_bad(|r| r.refusal = " ".into(), "the refusal");
    check_bad(|r| r.questions[0].locator = Some("\0".into()), "question 1");
    check_bad(
        |r| r.questions[0].label = "\u{200b}\u{1b}[0m".into(),
        "no words",
    );
    check_bad(
        |r| r.questions[0].options.push("\u{7}".into()),
        "without words",
    );
    check_bad(|r| r.questions[0].kind = FieldKind::File, "no choice");
    check_bad(
        |r| r.confirmation = Confirmation::default(),
        "how a success",
    );
    for suffix in ["", "/", "thanks", "/7", "/acme/7", "/a b"] {
        check_bad(
            |r| r.confirmation.path_suffix = Some(suffix.into()),
            "no proof",
        );
    }
    check_bad(
        |r| r.confirmation.reference = Some(String::new()),
        "the reference",
    );
}

#[track_caller]
fn check_large(change: impl FnOnce(&mut Recipe), expected: usize) {
    match changed(change) {
        Err(PluginError::TooLarge { limit, .. }) => assert_eq!(limit, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn p5_a_recipe_has_its_limits() {
    let many = |r: &Recipe, count| vec![r.questions[0].clone(); count];
    changed(|r| r.questions = many(r, 300)).unwrap();
    check_large(|r| r.questions = many(r, 301), 300);
    changed(|r| r.questions[0].options = vec!["a".into(); 500]).unwrap();
    check_large(|r| r.questions[0].options = vec!["a".into(); 501], 500);
    changed(|r| r.questions[0].label = "é".repeat(2048)).unwrap();
    check_large(|r| r.questions[0].label = "é".repeat(2049), 4096);
    check_large(|r| r.questions[0].help = Some("x".repeat(4097)), 4096);
    check_large(|r| r.questions[0].options.push("x".repeat(4097)), 4096);
    changed(|r| r.form = "x".repeat(1024)).unwrap();
    check_large(|r| r.form = "x".repeat(1025), 1024);
    check_large(|r| r.page_hosts = vec!["api.example.com".into(); 51], 50);
    check_large(|r| r.uploads = vec![r.uploads[0].clone(); 51], 50);
    check_large(|r| r.query_keys = vec!["token".into(); 51], 50);
}

#[test]
fn p6_the_texts_of_a_recipe_carry_no_control_characters() {
    let found = changed(|r| {
        let question = &mut r.questions[0];
        question.label = "Which\u{1b}[2J \u{202e}day?\u{0}".into();
        question.help = Some("One.\n\u{1b}[31mTwo.\u{7}".into());
        question.options[0] = " Mon\u{200b}day\r\n".into();
    });
    let question = found.unwrap().questions.remove(0);
    assert_eq!(question.label, "Which day?");
    assert_eq!(question.help.as_deref(), Some("One.\nTwo."));
    assert_eq!(question.options, ["Monday", "Friday"]);
}
