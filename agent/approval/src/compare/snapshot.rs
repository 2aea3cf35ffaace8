//! What differs between the reviewed page and the live one.

use crate::snapshot::{
    Action, Difference, Field, FieldKind, FileRef, FormSnapshot, Pinned, Source, Value,
};

use super::found::{Found, Pair, beginning, by_name, numbered};

impl FormSnapshot {
    /// What is not as it was reviewed. Fields are matched by their names, the
    /// second of one name with the second: a label that moved to another control
    /// shows as a changed value. Empty exactly when both are equal.
    pub fn differences(&self, live: &Self) -> Vec<Difference> {
        let Self {
            origin,
            path,
            query,
            action,
            fields,
            files,
            pinned,
            volatile,
        } = self;
        let mut found = Found::default();
        found.differ("Site of the page", (origin, &live.origin), String::clone);
        found.differ("Path of the page", (path, &live.path), String::clone);
        found.differ("Query of the page", (query, &live.query), |query| {
            let pairs: Vec<_> = query
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect();
            pairs.join("&")
        });
        found.differ("Where the form goes", (action, &live.action), action_words);
        compare_fields(fields, &live.fields, &mut found);
        compare_files(files, &live.files, &mut found);
        compare_pinned(pinned, &live.pinned, &mut found);
        compare_volatile(volatile, &live.volatile, &mut found);
        found.list
    }
}

fn compare_fields(before: &[Field], after: &[Field], found: &mut Found) {
    let names = [before, after].map(|side| numbered(side, |field| &field.name));
    for ((name, count), pair) in by_name((before, after), (&names[0], &names[1])) {
        let label = if count == 1 {
            name.to_owned()
        } else {
            format!("{name} (number {count} of this name)")
        };
        if let Pair::Both(before, after) = pair {
            compare_field(&label, before, after, found);
        }
        found.one_sided(&label, &pair, |field| {
            format!(
                "a {} with: {}",
                kind_words(field.kind),
                value_words(&field.value)
            )
        });
    }
    found.order("Order of the fields", &names[0], &names[1]);
}

fn compare_field(label: &str, before: &Field, after: &Field, found: &mut Found) {
    let Field {
        name: _,
        role,
        kind,
        required,
        options,
        value,
        source,
    } = before;
    found.differ(label, (value, &after.value), value_words);
    found.differ(label, (source, &after.source), |source| {
        source_words(*source).to_owned()
    });
    found.differ(label, (role, &after.role), |role| {
        format!("shown as {role}")
    });
    found.differ(label, (kind, &after.kind), |kind| {
        kind_words(*kind).to_owned()
    });
    found.differ(label, (required, &after.required), |required| {
        if *required {
            "required"
        } else {
            "not required"
        }
        .to_owned()
    });
    let names = [options, &after.options].map(|side| numbered(side, |option| option));
    for (_, pair) in by_name((options, &after.options), (&names[0], &names[1])) {
        found.one_sided(label, &pair, |option| format!("the choice “{option}”"));
    }
    found.order(
        &format!("Order of the choices of “{label}”"),
        &names[0],
        &names[1],
    );
}

fn compare_files(before: &[FileRef], after: &[FileRef], found: &mut Found) {
    let names = [before, after].map(|side| numbered(side, |file| &file.field));
    for ((name, _), pair) in by_name((before, after), (&names[0], &names[1])) {
        let label = format!("File of “{name}”");
        if let Pair::Both(before, after) = pair {
            found.differ(&label, (before, after), file_words);
        }
        found.one_sided(&label, &pair, file_words);
    }
    found.order("Order of the files", &names[0], &names[1]);
}

fn compare_pinned(before: &[Pinned], after: &[Pinned], found: &mut Found) {
    let words = |pinned: &Pinned| format!("value {}", beginning(&pinned.sha256));
    let names = [before, after].map(|side| numbered(side, |pinned| &pinned.name));
    for ((name, _), pair) in by_name((before, after), (&names[0], &names[1])) {
        let label = format!("Hidden value “{name}”");
        if let Pair::Both(before, after) = pair {
            found.differ(&label, (before, after), words);
        }
        found.one_sided(&label, &pair, words);
    }
    found.order("Order of the hidden values", &names[0], &names[1]);
}

fn compare_volatile(before: &[String], after: &[String], found: &mut Found) {
    let names = [before, after].map(|side| numbered(side, |name| name));
    for ((name, _), pair) in by_name((before, after), (&names[0], &names[1])) {
        let label = format!("Hidden value “{name}”");
        found.one_sided(&label, &pair, |_| "differs at each load".to_owned());
    }
    found.order("Order of the hidden values", &names[0], &names[1]);
}

fn action_words(action: &Action) -> String {
    let Action {
        method,
        origin,
        path,
    } = action;
    format!("{method} {origin}{path}")
}

fn file_words(file: &FileRef) -> String {
    let FileRef {
        field: _,
        name,
        size,
        sha256,
    } = file;
    format!("{name}, {size} bytes, content {}", beginning(sha256))
}

fn value_words(value: &Value) -> String {
    match value {
        Value::Empty => "empty".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Chosen(options) => options.join(", "),
        Value::Ticked(true) => "ticked".to_owned(),
        Value::Ticked(false) => "not ticked".to_owned(),
        Value::File(name) => format!("file {name}"),
    }
}

const fn source_words(source: Source) -> &'static str {
    match source {
        Source::Fact => "from the profile",
        Source::Bank => "from an earlier answer",
        Source::Drafted => "written by a model",
        Source::Person => "answered for this form",
        Source::Page => "filled in by the page",
        Source::None => "left empty",
    }
}

const fn kind_words(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "line of text",
        FieldKind::LongText => "text of several lines",
        FieldKind::Select => "list",
        FieldKind::MultiSelect => "list with several choices",
        FieldKind::Combobox => "text with a list",
        FieldKind::Radio => "choice of one",
        FieldKind::Checkbox => "box",
        FieldKind::CheckboxGroup => "group of boxes",
        FieldKind::File => "file",
    }
}
