//! Lever's page with the form.

use serde_json::{Value, json};

use super::markup::{ACCEPT, Load, escape, facts, hidden, problem_list, select};
use super::{Answer, Choice, Form, Key, Question, wire};
use crate::opening::Shape;

const SHAPE: Shape = Shape::Lever;

/// Runs before the script of the page itself.
pub(crate) const SCRIPT: &str = include_str!("../../assets/lever.js");

const STAR: &str = "<span class=\"required\">\u{2731}</span>";

pub(crate) fn form(form: &Form, load: &Load<'_>, stun: u16) -> String {
    let mut fields = String::new();
    let mut card_open = false;
    for question in &form.questions {
        if matches!(question.key, Key::Custom(_)) && !card_open {
            card_open = true;
            let name = format!("cards[{}][baseTemplate]", form.card);
            fields += &hidden(&name, &template(form).to_string());
        }
        fields += &field(form, question);
    }
    let action = if form.action.host == SHAPE.host() {
        form.action.path.clone()
    } else {
        format!("https://{}{}", form.action.host, form.action.path)
    };
    let head = hidden("accountId", &form.posting) + &hidden("csrfToken", load.csrf);
    let problems = problem_list("class=\"application-errors error\"", load.problems);
    let facts = facts(&json!({ "stun": stun, "path": form.action.path }));
    let salt = load.salt;
    format!(
        "{problems}<form id=\"application-form\" method=\"POST\" enctype=\"multipart/form-data\" \
         action=\"{}\" data-render=\"{salt}\">\n{head}<h4>Submit your application</h4>\n\
         <ul class=\"plain\">\n{fields}</ul>\n\
         <button type=\"button\" id=\"btn-submit\" data-qa=\"btn-submit\">Submit application</button>\n\
         </form>\n{facts}",
        escape(&action)
    )
}

/// The hidden description of the employer's own questions.
fn template(form: &Form) -> Value {
    let fields: Vec<Value> = form
        .custom()
        .map(|(_, question)| {
            let kind = match question.answer {
                Answer::Text(..) => "text",
                Answer::LongText => "textarea",
                Answer::File => "file-upload",
                Answer::Select(_) => "dropdown",
                Answer::YesNo(_) | Answer::Radio(_) => "multiple-choice",
                Answer::Checkboxes(_) => "multiple-select",
            };
            let options = question.answer.choices().iter();
            let options: Vec<_> = options.map(|o| json!({ "text": o.label })).collect();
            json!({
                "type": kind,
                "text": question.label,
                "description": "",
                "required": question.required,
                "options": options,
            })
        })
        .collect();
    json!({ "id": form.card, "text": "Application questions", "fields": fields })
}

fn field(form: &Form, question: &Question) -> String {
    let name = wire::names(SHAPE, form, question);
    let name = escape(name.first().map_or("", String::as_str));
    let required = if question.required { " required" } else { "" };
    let attributes = format!("name=\"{name}\"{required}");
    let own = matches!(question.key, Key::Custom(_));
    let control = match &question.answer {
        Answer::Text(kind, autocomplete) => {
            format!("<input type=\"{kind}\" autocomplete=\"{autocomplete}\" {attributes}>")
        }
        Answer::LongText => format!("<textarea rows=\"6\" {attributes}></textarea>"),
        Answer::File => format!("<input type=\"file\" accept=\"{ACCEPT}\" {attributes}>"),
        Answer::Select(choices) => select(&attributes, "Select...", choices),
        Answer::YesNo(choices) | Answer::Radio(choices) => {
            let list = boxes("radio", &attributes, choices);
            return grouped(question, "multiple-choice", &list);
        }
        Answer::Checkboxes(choices) => {
            // The box is required as a group, which no attribute says.
            let list = boxes("checkbox", &format!("name=\"{name}\""), choices);
            let unticked = if own {
                String::new()
            } else {
                hidden(&name, "0")
            };
            return unticked + &grouped(question, "multiple-select", &list);
        }
    };
    let text = text(question, own);
    let wrapper = wrapper(question);
    format!(
        "<li class=\"application-question\"><label><div class=\"application-label\">{text}</div>\
         <div class=\"{wrapper}\">{control}</div></label></li>\n"
    )
}

fn boxes(kind: &str, attributes: &str, choices: &[Choice]) -> String {
    choices
        .iter()
        .map(|choice| {
            let (value, label) = (escape(&choice.value), escape(&choice.label));
            format!(
                "<li><label><input type=\"{kind}\" {attributes} value=\"{value}\">\
                 <span class=\"application-answer-alternative\">{label}</span></label></li>\n"
            )
        })
        .collect()
}

fn grouped(question: &Question, kind: &str, list: &str) -> String {
    let wrapper = wrapper(question);
    format!(
        "<li class=\"application-question custom-question\"><div class=\"application-label\">{}</div>\
         <div class=\"{wrapper}\"><ul data-qa=\"{kind}\">\n{list}</ul></div></li>\n",
        text(question, true)
    )
}

fn text(question: &Question, own: bool) -> String {
    let star = if question.required { STAR } else { "" };
    let label = escape(&question.label);
    if own {
        format!("<div class=\"text\">{label}{star}</div>")
    } else {
        format!("{label}{star}")
    }
}

fn wrapper(question: &Question) -> &'static str {
    if question.required {
        "application-field required-field"
    } else {
        "application-field"
    }
}
