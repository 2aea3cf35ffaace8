//! The answer sheet: a form's questions in order with what to put there, for
//! the person to use on any site by hand.

use agent_approval::{FieldKind, Source};
use serde::{Deserialize, Serialize};

use super::{Control, FileToSend, Plan, Put, QuestionClass, Why};

/// An answer sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The questions, in the form's order.
    pub lines: Vec<SheetLine>,
    /// The files to attach, in the order of their questions, each once.
    pub files: Vec<FileToSend>,
    /// The letter, to paste where a site asks for one.
    pub letter: Option<String>,
}

/// A question of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLine {
    /// The form's words.
    pub label: String,
    /// The form's further words.
    pub help: String,
    /// Whether the form wants an answer.
    pub required: bool,
    /// How it is answered.
    pub kind: FieldKind,
    /// The choices.
    pub options: Vec<String>,
    /// What it is about.
    pub class: QuestionClass,
    /// What to put there.
    pub content: SheetContent,
    /// Where that comes from.
    pub source: Source,
}

/// What a person puts into a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetContent {
    /// This text.
    Text(String),
    /// These choices.
    Choose(Vec<String>),
    /// The box, ticked or not.
    Tick(bool),
    /// The file with this name.
    File(String),
    /// Their own answer.
    Answer {
        /// Why it is theirs to give.
        why: Why,
        /// What they may want to say.
        suggestion: Option<String>,
    },
    /// Nothing.
    Empty,
}

/// The sheet of a planned form. `letter` is given along whether or not the form
/// has a field for it.
pub fn sheet(controls: &[Control], plan: &Plan, letter: Option<&str>) -> Sheet {
    let mut sheet = Sheet {
        letter: letter.map(str::to_owned),
        ..Sheet::default()
    };
    for control in controls {
        let (content, source) = content(control, plan);
        let understood = plan.understood.iter();
        let mut understood = understood.filter(|one| one.control == control.index);
        sheet.lines.push(SheetLine {
            label: control.name.clone(),
            help: control.description.clone(),
            required: control.required,
            kind: control.kind,
            options: control.options.clone(),
            class: understood
                .next()
                .map_or(QuestionClass::Plain, |one| one.class),
            content,
            source,
        });
    }
    for filling in &plan.fillings {
        if let Put::File(file) = &filling.put
            && !sheet.files.contains(file)
        {
            sheet.files.push(file.clone());
        }
    }
    sheet
}

fn content(control: &Control, plan: &Plan) -> (SheetContent, Source) {
    if let Some(ask) = plan.ask.iter().find(|ask| ask.control == control.index) {
        let content = SheetContent::Answer {
            why: ask.why.clone(),
            suggestion: ask.suggestion.clone(),
        };
        return (content, Source::None);
    }
    let filling = plan
        .fillings
        .iter()
        .find(|filling| filling.control == control.index);
    let Some(filling) = filling else {
        return (SheetContent::Empty, Source::None);
    };
    let content = match &filling.put {
        Put::Text(text) => SheetContent::Text(text.clone()),
        Put::Choose(chosen) => SheetContent::Choose(chosen.clone()),
        Put::Tick(ticked) => SheetContent::Tick(*ticked),
        Put::File(file) => SheetContent::File(file.name.clone()),
    };
    (content, filling.source)
}
