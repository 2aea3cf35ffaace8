//! Questions as the Greenhouse board API lists them.

use serde_json::{Map, Value, json};

use super::{Answer, Choice, Form, Key, Question};

/// Adds what `?questions=true` asks for to a job.
pub(crate) fn add_questions(job: &mut Map<String, Value>, form: &Form) {
    let asked = |q: &&Question| !matches!(q.key, Key::Voluntary(_));
    let questions: Vec<_> = form.questions.iter().filter(asked).map(question).collect();
    let voluntary: Vec<_> = form
        .questions
        .iter()
        .filter(|q| !asked(q))
        .map(question)
        .collect();
    let compliance = match voluntary.as_slice() {
        [] => Value::Null,
        some => json!([{
            "type": "eeoc",
            "description": "<p>Whether you answer these questions is up to you.</p>",
            "questions": some,
        }]),
    };
    job.insert("compliance".to_owned(), compliance);
    job.insert("demographic_questions".to_owned(), Value::Null);
    job.insert("questions".to_owned(), questions.into());
    job.insert("location_questions".to_owned(), json!([]));
}

fn question(question: &Question) -> Value {
    let name = question.key.name();
    let values: Vec<_> = question.answer.choices().iter().map(value).collect();
    let field = |name: &str, kind: &str| json!({ "name": name, "type": kind, "values": values });
    let fields = match question.answer {
        Answer::Text(..) => vec![field(&name, "input_text")],
        Answer::LongText => vec![field(&name, "textarea")],
        Answer::File => vec![
            field(&name, "input_file"),
            field(&format!("{name}_text"), "textarea"),
        ],
        Answer::YesNo(_) | Answer::Select(_) | Answer::Radio(_) => {
            vec![field(&name, "multi_value_single_select")]
        }
        Answer::Checkboxes(_) => vec![field(&format!("{name}[]"), "multi_value_multi_select")],
    };
    json!({
        "description": null,
        "label": question.label,
        "required": question.required,
        "fields": fields,
    })
}

fn value(choice: &Choice) -> Value {
    let value = match choice.value.parse::<u64>() {
        Ok(number) => number.into(),
        Err(_) => Value::from(choice.value.clone()),
    };
    json!({ "label": choice.label, "value": value })
}
