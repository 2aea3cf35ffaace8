//! Recipes, from the contract's generated types to ours.

use agent_core::form::{Confirmation, Encoding, FieldKind, Meaning, Question, Recipe, Upload};

use crate::worker::contract::jobagent::portal::forms as wit;

pub(in crate::worker) fn recipe(recipe: wit::Recipe) -> Recipe {
    Recipe {
        url: recipe.url,
        query_keys: recipe.query_keys,
        form: recipe.form,
        submit: recipe.submit,
        method: recipe.method,
        action: recipe.action,
        encoding: match recipe.encoding {
            wit::Encoding::Urlencoded => Encoding::Urlencoded,
            wit::Encoding::Multipart => Encoding::Multipart,
            wit::Encoding::Json => Encoding::Json,
        },
        page_hosts: recipe.page_hosts,
        helper_hosts: recipe.helper_hosts,
        questions: recipe.questions.into_iter().map(question).collect(),
        uploads: recipe.uploads.into_iter().map(upload).collect(),
        confirmation: Confirmation {
            path_suffix: recipe.confirmation.path_suffix,
            locator: recipe.confirmation.locator,
            reference: recipe.confirmation.reference,
        },
        refusal: recipe.refusal,
        by_hand: recipe.by_hand,
    }
}

fn question(question: wit::Question) -> Question {
    Question {
        label: question.label,
        help: question.help,
        kind: kind(question.kind),
        required: question.required,
        options: question.options,
        meaning: question.meaning.map(meaning),
        locator: question.locator,
    }
}

fn upload(upload: wit::Upload) -> Upload {
    Upload {
        locator: upload.locator,
        method: upload.method,
        url_prefix: upload.url_prefix,
    }
}

fn kind(kind: wit::FieldKind) -> FieldKind {
    match kind {
        wit::FieldKind::Text => FieldKind::Text,
        wit::FieldKind::LongText => FieldKind::LongText,
        wit::FieldKind::Select => FieldKind::Select,
        wit::FieldKind::MultiSelect => FieldKind::MultiSelect,
        wit::FieldKind::Combobox => FieldKind::Combobox,
        wit::FieldKind::Radio => FieldKind::Radio,
        wit::FieldKind::Checkbox => FieldKind::Checkbox,
        wit::FieldKind::CheckboxGroup => FieldKind::CheckboxGroup,
        wit::FieldKind::File => FieldKind::File,
    }
}

fn meaning(meaning: wit::Meaning) -> Meaning {
    match meaning {
        wit::Meaning::FirstName => Meaning::FirstName,
        wit::Meaning::LastName => Meaning::LastName,
        wit::Meaning::FullName => Meaning::FullName,
        wit::Meaning::Email => Meaning::Email,
        wit::Meaning::Phone => Meaning::Phone,
        wit::Meaning::Location => Meaning::Location,
        wit::Meaning::Country => Meaning::Country,
        wit::Meaning::LinkedIn => Meaning::LinkedIn,
        wit::Meaning::GitHub => Meaning::GitHub,
        wit::Meaning::Website => Meaning::Website,
        wit::Meaning::CurrentCompany => Meaning::CurrentCompany,
        wit::Meaning::Resume => Meaning::Resume,
        wit::Meaning::CoverLetter => Meaning::CoverLetter,
    }
}
