//! Recipes of forms: the shipped plugins' through the whole sandbox, and a
//! hostile one's, none of which may lead a browser astray.

use std::sync::Arc;
use std::time::Duration;

use agent_core::form::{Encoding, FieldKind, Meaning, Recipe};
use agent_portal::error::{PluginError, PortalError};
use agent_portal::fetch::FetchError;
use agent_portal::limits::Limits;

use crate::support::{Bench, Pages, board, granted};

const GREENHOUSE: &str = include_str!("../../../../plugins/greenhouse/fixtures/form.json");
const LEVER: &str = include_str!("../../../../plugins/lever/fixtures/apply.html");
const QUESTIONS: &str =
    "https://boards-api.greenhouse.io/v1/boards/nordlicht/jobs/4100001?questions=true";
const CLASSIC: &str = "https://boards.greenhouse.io/nordlicht/jobs/4100001";
const NEW: &str = "https://job-boards.greenhouse.io/nordlicht/jobs/4100001";
const STORE: &str =
    "https://boards.greenhouse.io/uncacheable_attributes/presigned_fields?fields[]=resume";

async fn form(name: &str, key: &str, id: &str, pages: Pages) -> Result<Recipe, PluginError> {
    let limits = Limits {
        wall: Duration::from_secs(5),
        ..Limits::default()
    };
    let bench = Bench::new(limits);
    let plugin = granted(&bench, name).await;
    let mut session = bench.host.open(&plugin, Arc::new(pages)).await.unwrap();
    let recipe = session.form(&board(key), id).await;
    session.close().await;
    recipe
}

async fn greenhouse(pages: Pages) -> Result<Recipe, PluginError> {
    form("greenhouse.wasm", "nordlicht", "4100001", pages).await
}

#[tokio::test]
async fn a_classic_greenhouse_form_has_a_recipe() {
    let html = r#"<form id="application_form" action="/nordlicht/jobs/4100001"></form>"#;
    let pages = Pages::default().with(QUESTIONS, 200, GREENHOUSE);
    let recipe = greenhouse(pages.with(CLASSIC, 200, html)).await.unwrap();
    assert_eq!(
        (recipe.url.as_str(), recipe.action.as_str()),
        (CLASSIC, CLASSIC)
    );
    assert_eq!(recipe.encoding, Encoding::Multipart);
    assert_eq!(recipe.form, "#application_form");
    assert_eq!(recipe.questions.len(), 14);
    let resume = recipe
        .questions
        .iter()
        .find(|q| q.meaning == Some(Meaning::Resume));
    let resume = resume.unwrap();
    assert_eq!((resume.kind, resume.required), (FieldKind::File, true));
    assert!(recipe.uploads.is_empty());
}

#[tokio::test]
async fn a_board_that_moved_has_the_recipe_of_the_newer_form() {
    let html = r#"<form id="application-form"></form>"#;
    let store = r#"{"url":"https://grnhse-prod-jben-us-west-2.s3.us-west-2.amazonaws.com"}"#;
    let pages = Pages::default()
        .with(QUESTIONS, 200, GREENHOUSE)
        .leading(CLASSIC, NEW, html)
        .with(STORE, 200, store);
    let recipe = greenhouse(pages).await.unwrap();
    assert_eq!(
        (recipe.url.as_str(), recipe.action.as_str()),
        (NEW, CLASSIC)
    );
    assert_eq!(recipe.encoding, Encoding::Json);
    let stores: Vec<_> = recipe
        .uploads
        .iter()
        .map(|u| u.url_prefix.as_str())
        .collect();
    let west = "https://grnhse-prod-jben-us-west-2.s3.us-west-2.amazonaws.com/";
    assert_eq!(stores, [west, west]);
}

#[tokio::test]
async fn a_form_without_its_page_is_told_from_the_api_alone() {
    let pages = Pages::default().with(QUESTIONS, 200, GREENHOUSE);
    let recipe = greenhouse(pages).await.unwrap();
    assert_eq!((recipe.url.as_str(), recipe.questions.len()), (CLASSIC, 14));
}

#[tokio::test]
async fn p5_a_page_or_store_elsewhere_makes_no_recipe() {
    let new = r#"<form id="application-form"></form>"#;
    let base = || Pages::default().with(QUESTIONS, 200, GREENHOUSE);
    let store = |url: &str| {
        base()
            .leading(CLASSIC, NEW, new)
            .with(STORE, 200, &format!(r#"{{"url":"{url}"}}"#))
    };
    let action = |url: &str| {
        let html = format!(r#"{new}<script>{{"submitPath":"{url}"}}</script>"#);
        base().leading(CLASSIC, NEW, &html)
    };
    for pages in [
        store("https://bucket.s3.amazonaws.com"),
        action("https://collect.example/nordlicht"),
    ] {
        let error = greenhouse(pages).await.unwrap_err();
        assert!(
            matches!(error, PluginError::HostNotGranted { .. }),
            "{error:?}"
        );
    }
    // The twins: the same pages with the portal's own hosts.
    let own = "https://grnhse-prod-jben-us-east-1.s3.amazonaws.com";
    assert_eq!(greenhouse(store(own)).await.unwrap().uploads.len(), 2);
    assert_eq!(greenhouse(action(NEW)).await.unwrap().action, NEW);
}

#[tokio::test]
async fn a_lever_form_is_read_from_its_page() {
    async fn check(key: &str, url: &str) {
        let pages = Pages::default().with(url, 200, LEVER);
        let recipe = form("lever.wasm", key, "6f1d", pages).await.unwrap();
        assert_eq!((recipe.url.as_str(), recipe.action.as_str()), (url, url));
        assert_eq!(recipe.questions.len(), 18, "{key}");
    }
    check("kaiku", "https://jobs.lever.co/kaiku/6f1d/apply").await;
    check("eu/kaiku", "https://jobs.eu.lever.co/kaiku/6f1d/apply").await;
}

#[tokio::test]
async fn a_form_that_is_gone_is_an_error_of_its_kind() {
    let apply = "https://jobs.lever.co/kaiku/6f1d/apply";
    let lever = form(
        "lever.wasm",
        "kaiku",
        "6f1d",
        Pages::default().with(apply, 404, ""),
    )
    .await;
    let board = greenhouse(Pages::default().with(QUESTIONS, 404, "{}")).await;
    let elsewhere = "https://boards.greenhouse.io/nordlicht?error=true";
    let pages = Pages::default().with(QUESTIONS, 200, GREENHOUSE);
    let closed = greenhouse(pages.leading(CLASSIC, elsewhere, "")).await;
    for result in [lever, board, closed] {
        let is_gone = matches!(
            &result,
            Err(PluginError::Portal {
                error: PortalError::Gone(_),
                ..
            })
        );
        assert!(is_gone, "{result:?}");
    }
}

/// Asks the hostile plugin for a recipe, then for an honest one in the same session.
async fn hostile(key: &str, limits: Limits) -> Result<Recipe, PluginError> {
    let bench = Bench::new(limits);
    let plugin = granted(&bench, "testing/hostile.wasm").await;
    let page = "https://forms.hostile.example/apply";
    let pages = Arc::new(Pages::default().with(page, 200, "<form>"));
    let mut session = bench.host.open(&plugin, pages).await.unwrap();
    let recipe = session.form(&board(key), "1").await;
    let honest = session.form(&board("honest"), "1").await.unwrap();
    assert_eq!(honest.questions.len(), 1, "{key}: the same session");
    session.close().await;
    recipe
}

#[tokio::test]
async fn p5_a_recipe_never_leads_to_a_host_that_was_not_granted() {
    for (key, expected) in [
        ("foreign-page", "elsewhere.example"),
        ("foreign-action", "elsewhere.example"),
        ("foreign-upload", "elsewhere.example"),
        ("foreign-challenge", "elsewhere.example"),
        ("wide-host", "*.hostile.example"),
    ] {
        match hostile(key, Limits::default()).await {
            Err(PluginError::HostNotGranted { host, .. }) => assert_eq!(host, expected, "{key}"),
            other => panic!("{key}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn p5_a_recipe_a_browser_must_not_follow_is_refused() {
    for key in [
        "http",
        "number",
        "method",
        "every-host",
        "garbled-selector",
        "always-confirmed",
        "never-confirmed",
    ] {
        let error = hostile(key, Limits::default()).await.unwrap_err();
        assert!(
            matches!(error, PluginError::BadResult { .. }),
            "{key}: {error:?}"
        );
    }
}

#[tokio::test]
async fn p5_a_flood_of_questions_is_stopped() {
    let quick = || Limits {
        wall: Duration::from_secs(5),
        ..Limits::default()
    };
    for (key, expected) in [("many-questions", 300), ("long-text", 4096)] {
        match hostile(key, quick()).await {
            Err(PluginError::TooLarge { limit, .. }) => assert_eq!(limit, expected, "{key}"),
            other => panic!("{key}: {other:?}"),
        }
    }
    let options = hostile("many-options", quick()).await.unwrap_err();
    assert!(
        matches!(options, PluginError::BadResult { .. }),
        "{options:?}"
    );
    let endless = hostile("endless", quick()).await.unwrap_err();
    assert!(
        matches!(endless, PluginError::OutOfMemory { .. }),
        "{endless:?}"
    );
    let little = Limits {
        call_cpu: Duration::from_secs(1),
        // Far from it, also where other tests want the processor.
        wall: Duration::from_secs(60),
        ..quick()
    };
    let looping = hostile("loop", little).await.unwrap_err();
    assert!(
        matches!(looping, PluginError::ComputedTooLong { .. }),
        "{looping:?}"
    );
}

#[tokio::test]
async fn p6_a_recipe_carries_no_control_characters() {
    let recipe = hostile("control-characters", Limits::default())
        .await
        .unwrap();
    let question = &recipe.questions[0];
    assert_eq!(question.label, "Which day?");
    assert_eq!(question.help.as_deref(), Some("Any."));
}

#[tokio::test]
async fn p5_the_hosts_of_its_forms_are_closed_to_the_plugin() {
    let recipe = hostile("fetch-form-host", Limits::default()).await.unwrap();
    assert_eq!(recipe.questions[0].label, "Refused");
}

#[tokio::test]
async fn a_plugin_without_forms_says_so() {
    let none = hostile("none", Limits::default()).await.unwrap_err();
    let is_unsupported = matches!(
        none,
        PluginError::Portal {
            error: PortalError::Unsupported,
            fetch: None
        }
    );
    assert!(is_unsupported, "{none:?}");
}

#[tokio::test]
async fn the_host_tells_why_a_form_could_not_be_fetched() {
    let apply = "https://jobs.lever.co/kaiku/6f1d/apply";
    let failed = FetchError::Failed {
        why: "no route".to_owned(),
    };
    let pages = Pages::default().failing(apply, failed.clone());
    match form("lever.wasm", "kaiku", "6f1d", pages).await {
        Err(PluginError::Portal { fetch, .. }) => assert_eq!(fetch, Some(failed)),
        other => panic!("{other:?}"),
    }
}
