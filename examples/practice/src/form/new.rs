//! The newer Greenhouse page: facts for a script that builds the form.

use serde_json::{Value, json};

use super::markup::{ACCEPT, Load, escape, facts, hidden};
use super::{Answer, Form, Key, Question};
use crate::apply::{CHALLENGE_HOST, UPLOAD_HOST};
use crate::opening::{Opening, Shape};

/// Builds the form.
pub(crate) const SCRIPTS: [&str; 3] = [
    include_str!("../../assets/combobox.js"),
    include_str!("../../assets/upload.js"),
    include_str!("../../assets/new.js"),
];

/// Dialling codes, offered beside the telephone number.
const COUNTRIES: [(&str, &str); 8] = [
    ("AT", "Austria +43"),
    ("BE", "Belgium +32"),
    ("FR", "France +33"),
    ("DE", "Germany +49"),
    ("IE", "Ireland +353"),
    ("CH", "Switzerland +41"),
    ("GB", "United Kingdom +44"),
    ("US", "United States +1"),
];

pub(crate) fn form(opening: &Opening, form: &Form, load: &Load<'_>, stun: u16) -> String {
    let fields: Vec<Value> = form.questions.iter().map(field).collect();
    let action = if form.action.host == Shape::GreenhouseNew.host() {
        form.action.path.clone()
    } else {
        format!("https://{}{}", form.action.host, form.action.path)
    };
    let key = format!("stash/applications/{}/{}", opening.token, load.salt);
    let stated = format!("https://{}{}", opening.shape.host(), opening.form_path());
    let countries: Vec<_> = COUNTRIES
        .iter()
        .map(|(value, label)| json!({ "value": value, "label": label }))
        .collect();
    let facts = facts(&json!({
        "action": action,
        "path": opening.form_path(),
        "token": load.csrf,
        "salt": load.salt,
        // Whoever reads the page without its script learns here where it sends to.
        "submitPath": stated,
        "uploads": format!("https://{UPLOAD_HOST}/"),
        "key": key,
        "accept": ACCEPT,
        "site": format!("practice-{}", opening.token),
        "stun": stun,
        "countries": countries,
        "fields": fields,
    }));
    let posting = hidden("job_post_id", &form.posting);
    let script = escape(&format!("https://{CHALLENGE_HOST}/challenge.js"));
    format!(
        "<div class=\"application--container\">\n<h2>Apply for this job</h2>\n\
         <p><span aria-hidden=\"true\">*</span> indicates a required field</p>\n\
         <form id=\"application-form\" class=\"application--form\" novalidate>\n{posting}\
         <div id=\"application-questions\"></div>\n\
         <div class=\"application--submit\"><div id=\"form-error\"></div>\
         <button type=\"submit\" class=\"btn btn--rounded\">Submit application</button></div>\n\
         </form>\n</div>\n{facts}<script src=\"{script}\"></script>\n"
    )
}

fn field(question: &Question) -> Value {
    let (kind, input, autocomplete) = match question.answer {
        Answer::Text(kind, autocomplete) => ("text", kind, autocomplete),
        Answer::LongText => ("long", "", ""),
        Answer::File => ("file", "", ""),
        Answer::YesNo(_) | Answer::Select(_) => ("combobox", "", ""),
        Answer::Radio(_) => ("radio", "", ""),
        Answer::Checkboxes(_) => ("checkbox", "", ""),
    };
    let choices = question.answer.choices().iter();
    let options: Vec<_> = choices
        .map(|c| json!({ "value": c.value, "label": c.label }))
        .collect();
    let id = match question.key {
        // So the page calls it, though it is sent as `location`.
        Key::Standard("location") => "candidate-location".to_owned(),
        Key::Standard(_) | Key::Custom(_) | Key::Voluntary(_) => question.key.name(),
    };
    json!({
        "id": id,
        "name": question.key.name(),
        "label": question.label,
        "required": question.required,
        "kind": kind,
        "type": input,
        "autocomplete": autocomplete,
        "options": options,
    })
}
