//! A person who answers everything.

use std::path::Path;

use agent_approval::{FieldKind, Sha256, Source};
use agent_core::form::{Control, FileToSend, Filling, LivePage, Put};

/// Something for every control of the page.
pub(crate) fn answers(page: &LivePage, home: &Path) -> Vec<Filling> {
    let all = page.controls.iter().map(|control| Filling {
        control: control.index,
        put: answer(control, home),
        source: Source::Person,
    });
    all.collect()
}

fn answer(control: &Control, home: &Path) -> Put {
    let last = || Put::Choose(control.options.last().cloned().into_iter().collect());
    match control.kind {
        FieldKind::Text => Put::Text(line(&control.name.to_lowercase()).to_owned()),
        FieldKind::LongText => Put::Text("First line.\nSecond line.".to_owned()),
        FieldKind::Select | FieldKind::Combobox | FieldKind::Radio => last(),
        FieldKind::MultiSelect | FieldKind::CheckboxGroup => Put::Choose(control.options.clone()),
        FieldKind::Checkbox => Put::Tick(true),
        FieldKind::File => Put::File(file(home, &format!("file {}.pdf", control.index))),
    }
}

fn line(name: &str) -> &'static str {
    match name {
        name if name.contains("mail") => "noor@example.org",
        name if name.contains("phone") => "+49 30 901820",
        name if name.contains("first") => "Noor 🦊",
        name if name.contains("last") => "دانا",
        name if name.contains("name") => "Noor دانا 🦊",
        name if name.contains("linkedin") => "https://www.linkedin.com/in/noor",
        name if name.contains("salary") => "70000",
        name if name.contains("years") => "7",
        _ => "An answer of my own",
    }
}

/// A file of the person.
pub(crate) fn file(home: &Path, name: &str) -> FileToSend {
    let path = home.join(name);
    let content = format!("%PDF-1.7 {name}");
    std::fs::write(&path, &content).unwrap();
    FileToSend {
        path,
        name: name.to_owned(),
        size: content.len() as u64,
        sha256: Sha256::of(content.as_bytes()),
    }
}
