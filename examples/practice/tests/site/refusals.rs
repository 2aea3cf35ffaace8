use practice::Shape;

use crate::applicant::{Filled, fill};
use crate::client::{Answer, Client};
use crate::forms::{SHAPES, fullest, start};
use crate::html::tags;

/// The messages of a refusal; none of an acceptance.
pub(crate) fn messages(shape: Shape, answer: &Answer) -> Vec<String> {
    match shape {
        Shape::GreenhouseNew if answer.status == 422 => {
            let errors = answer.json()["errors"].as_object().unwrap().clone();
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            errors.values().map(text).collect()
        }
        Shape::GreenhouseClassic if answer.status == 200 => alerts(answer),
        Shape::Lever if answer.status == 422 => alerts(answer),
        Shape::GreenhouseClassic | Shape::GreenhouseNew | Shape::Lever => Vec::new(),
    }
}

/// What stands in the list of errors, which is also an alert.
fn alerts(answer: &Answer) -> Vec<String> {
    let all = tags(&answer.text());
    let alert = all.iter().position(|t| t.get("role") == "alert").unwrap();
    assert!(all[alert].get("class").contains("error"));
    let items = all[alert + 1..].iter();
    items
        .take_while(|t| matches!(t.name.as_str(), "ul" | "li"))
        .filter(|t| t.name == "li")
        .map(|t| t.text.clone())
        .collect()
}

/// What is done to a right application, and what the employer then says.
struct Wrong {
    spoil: fn(&mut Filled),
    message: &'static str,
}

fn drop_file(filled: &mut Filled) {
    filled.files.retain(|(name, ..)| !name.contains("resume"));
    filled.fields.retain(|(name, _)| !name.contains("resume"));
}

fn empty_file(filled: &mut Filled) {
    filled.files[0].2.clear();
    filled.fields.retain(|(name, _)| !name.contains("resume"));
}

fn check_wrong(shape: Shape) -> Vec<Wrong> {
    let wrong = |spoil, message| Wrong { spoil, message };
    match shape {
        Shape::GreenhouseClassic => vec![
            wrong(
                |f| f.set("job_application[first_name]", " "),
                "First Name is required",
            ),
            wrong(
                |f| f.set("job_application[email]", "ada"),
                "Email is not a valid e-mail address",
            ),
            wrong(drop_file, "Resume/CV is required"),
            wrong(empty_file, "Resume/CV: the file is empty"),
            wrong(
                |f| f.set("authenticity_token", "csrf-1"),
                "Your session has expired",
            ),
            wrong(|f| f.set("job_post_id", "1"), "Your session has expired"),
            wrong(
                |f| f.set("job_application[gender]", "77"),
                "Gender: this is not one of",
            ),
        ],
        Shape::GreenhouseNew => vec![
            wrong(
                |f| f.set("job_application[last_name]", ""),
                "Last Name is required",
            ),
            wrong(
                |f| f.set("job_application[email]", "a@b"),
                "Email is not a valid e-mail address",
            ),
            wrong(drop_file, "Resume/CV is required"),
            wrong(
                |f| f.set("job_application[resume_url]", "https://x.example/cv.pdf"),
                "Resume/CV is required",
            ),
            wrong(
                |f| f.set("authenticity_token", "challenge-1"),
                "Your session has expired",
            ),
            wrong(
                |f| f.set("challenge_token", "x"),
                "We could not verify that you are human",
            ),
            wrong(
                |f| f.set("job_application[race]", "Yes"),
                "Race: this is not one of",
            ),
        ],
        Shape::Lever => vec![
            wrong(|f| f.set("name", ""), "Full name is required"),
            wrong(
                |f| f.set("email", "a b@c.de"),
                "Email is not a valid e-mail address",
            ),
            wrong(drop_file, "Resume/CV is required"),
            wrong(empty_file, "Resume/CV: the file is empty"),
            wrong(|f| f.set("csrfToken", ""), "Your session has expired"),
            wrong(|f| f.set("eeo[gender]", "1"), "Gender: this is not one of"),
        ],
    }
}

async fn send(client: &Client, filled: &Filled) -> Answer {
    filled.send(client).await.unwrap()
}

#[tokio::test]
async fn what_is_wrong_is_refused_with_its_reason_and_the_rest_is_taken() {
    let (running, client) = start().await;
    for shape in SHAPES {
        let opening = fullest(&running, shape);
        let right = fill(&client, &opening).await;
        for Wrong { spoil, message } in check_wrong(shape) {
            let mut spoilt = right.clone();
            spoil(&mut spoilt);
            let said = messages(shape, &send(&client, &spoilt).await);
            assert_eq!(said.len(), 1, "{shape:?} {message}: {said:?}");
            assert!(said[0].starts_with(message), "{shape:?}: {said:?}");
        }
        let taken = running.applications().len();
        assert_eq!(messages(shape, &send(&client, &right).await), [""; 0]);
        assert_eq!(running.applications().len(), taken + 1);
    }
}

#[tokio::test]
async fn every_required_question_of_every_form_is_required_by_the_server_too() {
    let (running, client) = start().await;
    for opening in running.openings() {
        let mut filled = fill(&client, &opening).await;
        let answers = |name: &str| {
            name.contains("field") || name.contains("question_") || name.contains("answers_")
        };
        filled.fields.retain(|(name, _)| !answers(name));
        let said = messages(opening.shape, &send(&client, &filled).await);
        let expected: Vec<String> = opening
            .required
            .iter()
            .map(|q| format!("{q} is required"))
            .collect();
        let (mut said, mut expected) = (said, expected);
        said.sort();
        expected.sort();
        assert_eq!(said, expected, "{}", opening.form_url);
    }
    assert_eq!(running.applications(), []);
}

#[tokio::test]
async fn typed_text_stands_for_a_file_where_the_portal_takes_it() {
    let (running, client) = start().await;
    for (shape, taken) in [
        (Shape::GreenhouseClassic, true),
        (Shape::GreenhouseNew, true),
        (Shape::Lever, false),
    ] {
        let mut filled = fill(&client, &fullest(&running, shape)).await;
        drop_file(&mut filled);
        let typed = (
            "job_application[resume_text]".to_owned(),
            "Ada, engines".to_owned(),
        );
        filled.fields.push(typed);
        let said = messages(shape, &send(&client, &filled).await);
        assert_eq!(said.is_empty(), taken, "{shape:?}: {said:?}");
    }
}
