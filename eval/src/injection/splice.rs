//! Puts a text into a description.

/// Where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Start,
    Middle,
    End,
}

impl Place {
    pub(super) const ALL: [Self; 3] = [Self::Start, Self::Middle, Self::End];
}

/// The lines with `attack` between them, as it is: in HTML as a paragraph of its
/// own whose markup counts, as a portal hands on what was pasted into a field.
pub(super) fn into(lines: &[String], attack: &str, place: Place) -> Vec<String> {
    let is_html = lines.iter().any(|line| line.starts_with('<'));
    let at = match place {
        Place::Start => 0,
        Place::Middle => lines.len() / 2,
        Place::End => lines.len(),
    };
    let attack = match is_html {
        true => format!("<p>{attack}</p>"),
        false => attack.to_owned(),
    };
    let (before, after) = lines.split_at(at);
    let mut spliced = before.to_vec();
    spliced.push(attack);
    spliced.extend_from_slice(after);
    spliced
}
