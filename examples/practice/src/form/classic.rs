//! The classic Greenhouse page: posting and form in one, in plain HTML.

use serde_json::json;

use super::markup::{ACCEPT, Load, escape, facts, hidden, problem_list, salted, select};
use super::{Answer, Choice, Form, Key, Question, wire};
use crate::opening::Shape;

const SHAPE: Shape = Shape::GreenhouseClassic;

/// Runs before the script of the page itself.
pub(crate) const SCRIPT: &str = include_str!("../../assets/classic.js");

pub(crate) fn form(form: &Form, load: &Load<'_>, stun: u16) -> String {
    let fields: String = form
        .questions
        .iter()
        .map(|question| field(form, question, load))
        .collect();
    let action = format!("https://{}{}", form.action.host, form.action.path);
    // The true page names a path; another host needs the whole address.
    let action = if form.action.host == SHAPE.host() {
        form.action.path.clone()
    } else {
        action
    };
    let head = hidden("utf8", "✓")
        + &hidden("authenticity_token", load.csrf)
        + &hidden("job_post_id", &form.posting);
    let problems = problem_list("id=\"application_errors\" class=\"error\"", load.problems);
    let facts = facts(&json!({ "stun": stun, "path": form.action.path }));
    format!(
        "<div id=\"application\">\n<h2>Apply for this Job</h2>\n{problems}\
         <form id=\"application_form\" method=\"post\" enctype=\"multipart/form-data\" \
         accept-charset=\"UTF-8\" action=\"{}\" novalidate>\n{head}{fields}\
         <input type=\"submit\" id=\"submit_app\" class=\"button\" value=\"Submit Application\">\n\
         </form>\n</div>\n{facts}",
        escape(&action)
    )
}

fn field(form: &Form, question: &Question, load: &Load<'_>) -> String {
    let names = wire::names(SHAPE, form, question);
    let name = escape(names.first().map_or("", String::as_str));
    let id = salted(question.key, load.salt);
    let required = if question.required {
        " aria-required=\"true\""
    } else {
        ""
    };
    let attributes = format!("id=\"{id}\" name=\"{name}\"{required}");
    let control = match &question.answer {
        Answer::Text(kind, autocomplete) => format!(
            "<input type=\"{kind}\" autocomplete=\"{autocomplete}\" maxlength=\"255\" {attributes}>\n"
        ),
        Answer::LongText => format!("<textarea rows=\"6\" {attributes}></textarea>\n"),
        Answer::File => file(question, &attributes, load),
        Answer::YesNo(choices) | Answer::Select(choices) => {
            select(&attributes, "Please select", choices)
        }
        Answer::Radio(choices) => {
            return group(form, question, boxes("radio", &id, choices, &names));
        }
        Answer::Checkboxes(choices) => {
            return group(form, question, boxes("checkbox", &id, choices, &names));
        }
    };
    format!(
        "<div class=\"field\">\n<label for=\"{id}\">{}{}</label>\n{}{control}</div>\n",
        escape(&question.label),
        star(question),
        number(form, question),
    )
}

fn file(question: &Question, attributes: &str, load: &Load<'_>) -> String {
    let typed = wire::typed_file(SHAPE, question.key).unwrap_or_default();
    let (typed, salt) = (escape(&typed), load.salt);
    let label = escape(&question.label);
    format!(
        "<input type=\"file\" accept=\"{ACCEPT}\" {attributes}>\n\
         <button type=\"button\" data-manual>or enter manually</button>\n\
         <div class=\"manual\" hidden><textarea id=\"{typed}_{salt}\" name=\"{typed}\" \
         aria-label=\"{label}, typed\" rows=\"8\"></textarea></div>\n"
    )
}

fn boxes(kind: &str, id: &str, choices: &[Choice], names: &[String]) -> String {
    let last = names.last().map_or("", String::as_str);
    choices
        .iter()
        .enumerate()
        .map(|(at, choice)| {
            let name = escape(names.get(at).map_or(last, String::as_str));
            let (value, label) = (escape(&choice.value), escape(&choice.label));
            format!(
                "<label><input type=\"{kind}\" id=\"{id}_{at}\" name=\"{name}\" \
                 value=\"{value}\"> {label}</label>\n"
            )
        })
        .collect()
}

fn group(form: &Form, question: &Question, boxes: String) -> String {
    let required = match (question.required, &question.answer) {
        (true, Answer::Radio(_)) => " role=\"radiogroup\" aria-required=\"true\"",
        (false, Answer::Radio(_)) => " role=\"radiogroup\"",
        // A group of boxes has no such attribute; the star must do.
        (true, _) => " data-required",
        (false, _) => "",
    };
    format!(
        "<fieldset class=\"field\"{required}>\n<legend>{}{}</legend>\n{}{boxes}</fieldset>\n",
        escape(&question.label),
        star(question),
        number(form, question),
    )
}

/// The hidden number of a question of the employer's own.
fn number(form: &Form, question: &Question) -> String {
    match (question.key, form.custom().position(|(_, q)| q == question)) {
        (Key::Custom(number), Some(index)) => {
            hidden(&wire::attribute(index, "question_id"), &number.to_string())
        }
        _ => String::new(),
    }
}

fn star(question: &Question) -> &'static str {
    if question.required {
        " <span class=\"asterisk\">*</span>"
    } else {
        ""
    }
}
