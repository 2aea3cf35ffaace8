//! Recipes nobody should follow.

use portal_sdk::{Confirmation, Encoding, FieldKind, PortalError, Question, Recipe, Upload};

const FOREIGN: &str = "https://elsewhere.example/apply";

/// The recipe for a behaviour.
pub(crate) fn recipe(key: &str) -> Result<Recipe, PortalError> {
    let mut recipe = sound();
    match key {
        "honest" => {}
        "none" => return portal_sdk::no_form(),
        "loop" => crate::endless_loop(),
        "endless" => loop {
            recipe.questions.push(asked(&"again ".repeat(100)));
        },
        "foreign-page" => recipe.url = FOREIGN.to_owned(),
        "foreign-action" => recipe.action = FOREIGN.to_owned(),
        "foreign-upload" => recipe.uploads = vec![upload(FOREIGN)],
        "foreign-challenge" => recipe.helper_hosts = vec!["elsewhere.example".to_owned()],
        "every-host" => recipe.page_hosts = vec!["*.example".to_owned()],
        "wide-host" => recipe.page_hosts = vec!["*.hostile.example".to_owned()],
        "http" => recipe.action = "http://forms.hostile.example/apply".to_owned(),
        "number" => recipe.action = "https://127.0.0.1/apply".to_owned(),
        "method" => recipe.method = "DELETE".to_owned(),
        "many-questions" => recipe.questions = vec![asked("Again?"); 301],
        "many-options" => {
            let mut choice = asked("Which?");
            choice.kind = FieldKind::Select;
            choice.options = vec![String::from("1"); 1_000_000];
            recipe.questions = vec![choice];
        }
        "long-text" => recipe.questions = vec![asked(&"x".repeat(5000))],
        "control-characters" => {
            let mut garbled = asked("Which \u{1b}[2Jday\u{202e}?\u{0}");
            garbled.help = Some("\u{7}Any\u{1b}[31m.".to_owned());
            recipe.questions = vec![garbled];
        }
        "garbled-selector" => recipe.submit = "#send\u{0}".to_owned(),
        "always-confirmed" => recipe.confirmation.path_suffix = Some("/apply".to_owned()),
        "never-confirmed" => recipe.confirmation = confirmation(None),
        "fetch-form-host" => {
            let page = portal_sdk::get_page("https://forms.hostile.example/apply", "the form")?;
            recipe.questions = vec![asked(if page.is_some() { "Fetched" } else { "Refused" })];
        }
        key => return Err(PortalError::Invalid(format!("no behaviour {key:?}"))),
    }
    Ok(recipe)
}

fn sound() -> Recipe {
    let url = "https://forms.hostile.example/apply";
    Recipe {
        url: url.to_owned(),
        query_keys: Vec::new(),
        form: "form".to_owned(),
        submit: "button".to_owned(),
        method: "POST".to_owned(),
        action: url.to_owned(),
        encoding: Encoding::Urlencoded,
        page_hosts: vec!["hostile.example".to_owned()],
        helper_hosts: Vec::new(),
        questions: vec![asked("Why?")],
        uploads: vec![upload("https://forms.hostile.example/store")],
        confirmation: confirmation(Some("/thanks")),
        refusal: ".error".to_owned(),
        by_hand: None,
    }
}

/// A question as written: the kit would cut its words to what is allowed.
fn asked(label: &str) -> Question {
    Question {
        label: label.to_owned(),
        help: None,
        kind: FieldKind::Text,
        required: false,
        options: Vec::new(),
        meaning: None,
        locator: None,
    }
}

fn upload(url: &str) -> Upload {
    Upload {
        locator: "input".to_owned(),
        method: "POST".to_owned(),
        url_prefix: url.to_owned(),
    }
}

fn confirmation(path_suffix: Option<&str>) -> Confirmation {
    Confirmation {
        path_suffix: path_suffix.map(str::to_owned),
        locator: None,
        reference: None,
    }
}
