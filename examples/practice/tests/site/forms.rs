use std::collections::HashSet;

use practice::{OpeningInfo, Practice, PracticeOptions, Running, Shape};

use crate::applicant::{facts, place};
use crate::client::Client;
use crate::html::{Tag, tags, with_id};

pub(crate) async fn start() -> (Running, Client) {
    let running = Practice::start(PracticeOptions::default()).await.unwrap();
    let client = Client::of(&running);
    (running, client)
}

pub(crate) const SHAPES: [Shape; 3] =
    [Shape::GreenhouseClassic, Shape::GreenhouseNew, Shape::Lever];

/// The opening of a shape with the most questions.
pub(crate) fn fullest(running: &Running, shape: Shape) -> OpeningInfo {
    let of_shape = running.openings().into_iter().filter(|o| o.shape == shape);
    let size = |o: &OpeningInfo| o.required.len() + o.optional.len();
    of_shape.max_by_key(size).unwrap()
}

/// The opening of a shape with the fewest questions.
pub(crate) fn briefest(running: &Running, shape: Shape) -> OpeningInfo {
    let of_shape = running.openings().into_iter().filter(|o| o.shape == shape);
    let size = |o: &OpeningInfo| o.required.len() + o.optional.len();
    of_shape.min_by_key(size).unwrap()
}

async fn page(client: &Client, url: &str) -> String {
    let (host, target) = place(url);
    let answer = client.get(&host, &target).await.unwrap();
    assert_eq!(answer.status, 200, "{url}");
    answer.text()
}

#[tokio::test]
async fn every_posting_has_a_form_of_its_shape() {
    let (running, client) = start().await;
    let openings = running.openings();
    let listed: usize = running.boards().iter().map(|b| b.expected).sum();
    assert_eq!(openings.len(), listed);
    for opening in &openings {
        let url = running.form_url(&opening.token, &opening.id).unwrap();
        assert_eq!(url, opening.form_url);
        let html = page(&client, &url).await;
        let (form, submit) = match opening.shape {
            Shape::GreenhouseClassic => ("application_form", "submit_app"),
            Shape::GreenhouseNew => ("application-form", "form-error"),
            Shape::Lever => ("application-form", "btn-submit"),
        };
        assert_eq!(with_id(&html, form).unwrap().name, "form", "{url}");
        assert!(with_id(&html, submit).is_some(), "{url}");
        let title = opening.title.trim();
        let heading = tags(&html).into_iter().find(|t| t.name == "h1").unwrap();
        assert!(heading.text.starts_with(title), "{url}: {}", heading.text);
        assert!(
            !opening.required.is_empty(),
            "{url} asks nothing of its own"
        );
    }
}

#[tokio::test]
async fn the_fullest_form_of_a_shape_asks_all_there_is() {
    let (running, client) = start().await;
    let check = async |shape: Shape, expected: &[&str]| {
        let of_shape = running.openings().into_iter().filter(|o| o.shape == shape);
        let mut seen = HashSet::new();
        for opening in of_shape {
            let html = page(&client, &opening.form_url).await;
            match shape {
                Shape::GreenhouseNew => {
                    let facts = facts(&html);
                    let fields = facts["fields"].as_array().unwrap();
                    let describe = |f: &serde_json::Value| {
                        let text = |key: &str| f[key].as_str().unwrap().to_owned();
                        let own = text("name").starts_with("question_");
                        let name = if own {
                            "question".to_owned()
                        } else {
                            text("name")
                        };
                        format!("{} {name}", text("kind"))
                    };
                    seen.extend(fields.iter().map(describe));
                }
                Shape::GreenhouseClassic | Shape::Lever => {
                    seen.extend(tags(&html).iter().filter(|t| t.has("name")).map(control));
                }
            }
        }
        for name in expected {
            assert!(
                seen.contains(*name),
                "{shape:?} never asks {name}: {seen:?}"
            );
        }
    };
    let classic = [
        "input/hidden utf8",
        "input/hidden authenticity_token",
        "input/hidden job_post_id",
        "input/text job_application[first_name]",
        "input/text job_application[last_name]",
        "input/text job_application[email]",
        "input/tel job_application[phone]",
        "input/text job_application[location]",
        "input/file job_application[resume]",
        "textarea/ job_application[resume_text]",
        "input/file job_application[cover_letter]",
        "textarea/ job_application[cover_letter_text]",
        "input/text answers[text_value]",
        "textarea/ answers[text_value]",
        "select/ answers[boolean_value]",
        "select/ answers[answer_selected_options_attributes]",
        "input/radio answers[answer_selected_options_attributes]",
        "input/checkbox answers[answer_selected_options_attributes]",
        "select/ job_application[gender]",
        "select/ job_application[race]",
        "select/ job_application[veteran_status]",
        "select/ job_application[disability_status]",
    ];
    check(Shape::GreenhouseClassic, &classic).await;
    let new = [
        "text first_name",
        "text email",
        "text phone",
        "text location",
        "file resume",
        "file cover_letter",
        "long cover_letter_text",
        "text question",
        "long question",
        "combobox question",
        "radio question",
        "checkbox question",
        "combobox gender",
    ];
    check(Shape::GreenhouseNew, &new).await;
    let lever = [
        "input/text name",
        "input/email email",
        "input/text phone",
        "input/text org",
        "input/text location",
        "input/text urls[LinkedIn]",
        "input/text urls[GitHub]",
        "input/file resume",
        "input/hidden cards[baseTemplate]",
        "input/text cards[field]",
        "textarea/ cards[field]",
        "select/ cards[field]",
        "input/radio cards[field]",
        "input/checkbox cards[field]",
        "textarea/ comments",
        "input/hidden consent[marketing]",
        "input/checkbox consent[marketing]",
        "select/ eeo[disability]",
        "input/hidden csrfToken",
        "input/hidden accountId",
    ];
    check(Shape::Lever, &lever).await;
}

/// A control with the numbers taken out of its name.
fn control(tag: &Tag) -> String {
    let name = tag.get("name");
    let name = if let Some((_, last)) = name.split_once("[answers_attributes][") {
        let attribute = last.split(['[', ']']).nth(2).unwrap_or_default();
        format!("answers[{attribute}]")
    } else if let Some((_, last)) = name.strip_prefix("cards[").and_then(|n| n.split_once("][")) {
        let last = last
            .trim_end_matches(']')
            .trim_end_matches(|c: char| c.is_ascii_digit());
        format!("cards[{last}]")
    } else {
        name.to_owned()
    };
    format!("{}/{} {name}", tag.name, tag.get("type"))
}

#[tokio::test]
async fn tokens_and_ids_change_with_each_load_and_what_is_pinned_does_not() {
    let (running, client) = start().await;
    for shape in SHAPES {
        let url = fullest(&running, shape).form_url;
        let (one, two) = (page(&client, &url).await, page(&client, &url).await);
        let hidden = |html: &str| -> Vec<(String, String)> {
            let all = tags(html).into_iter();
            let hidden = all.filter(|t| t.get("type") == "hidden");
            hidden
                .map(|t| (t.get("name").to_owned(), t.get("value").to_owned()))
                .collect()
        };
        let mut volatile = 0;
        for ((name, a), (_, b)) in hidden(&one).into_iter().zip(hidden(&two)) {
            let token = name == "authenticity_token" || name == "csrfToken";
            assert_eq!(token, a != b, "{shape:?} {name}: {a} {b}");
            volatile += usize::from(token);
        }
        match shape {
            Shape::GreenhouseNew => {
                let (one, two) = (facts(&one), facts(&two));
                assert_ne!(one["token"], two["token"]);
                assert_ne!(one["key"], two["key"]);
                assert_eq!(one["fields"], two["fields"]);
            }
            Shape::GreenhouseClassic => {
                assert_eq!(volatile, 1);
                let id = |html: &str| {
                    let email = |t: &Tag| t.get("name") == "job_application[email]";
                    tags(html)
                        .into_iter()
                        .find(email)
                        .unwrap()
                        .get("id")
                        .to_owned()
                };
                assert_ne!(id(&one), id(&two));
            }
            Shape::Lever => assert_eq!(volatile, 1),
        }
    }
}

#[tokio::test]
async fn a_form_is_found_where_portals_have_it_and_gone_when_the_posting_is() {
    let (running, client) = start().await;
    let classic = briefest(&running, Shape::GreenhouseClassic);
    let embedded = format!("/embed/job_app?for={}&token={}", classic.token, classic.id);
    let answer = client.get("boards.greenhouse.io", &embedded).await.unwrap();
    assert!(with_id(&answer.text(), "application_form").is_some());

    let (_, target) = place(&classic.form_url);
    let answer = client
        .get("job-boards.greenhouse.io", &target)
        .await
        .unwrap();
    assert_eq!(answer.status, 302);
    let there = format!("location: {}", classic.form_url);
    assert!(answer.head.contains(&there), "{}", answer.head);

    let closing = practice::summaries().unwrap();
    for summary in closing.iter().filter(|s| s.rounds == [1]) {
        let token = summary.board.rsplit('/').next().unwrap();
        running.set_round(1);
        let url = running.form_url(token, &summary.id).unwrap();
        let (host, target) = place(&url);
        assert_eq!(client.get(&host, &target).await.unwrap().status, 200);
        running.set_round(2);
        assert_eq!(
            client.get(&host, &target).await.unwrap().status,
            404,
            "{url}"
        );
        assert_eq!(running.form_url(token, &summary.id), None);
    }
}
