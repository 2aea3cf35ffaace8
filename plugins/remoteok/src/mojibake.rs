//! Text whose UTF-8 was once read as Windows-1252: "MecÃ¡nico" for "Mecánico".

/// `text` with each run of such characters put right. Characters that do not
/// make UTF-8 together were meant as they stand.
pub(crate) fn undone(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if byte(c).is_some() {
            run.push(c);
            continue;
        }
        flush(&mut out, &mut run);
        out.push(c);
    }
    flush(&mut out, &mut run);
    out
}

fn flush(out: &mut String, run: &mut String) {
    let bytes: Vec<u8> = run.chars().filter_map(byte).collect();
    match std::str::from_utf8(&bytes) {
        Ok(meant) => out.push_str(meant),
        Err(_) => out.push_str(run),
    }
    run.clear();
}

/// The byte above ASCII that Windows-1252 shows as `c`. The five it has nothing
/// for come out as control characters.
fn byte(c: char) -> Option<u8> {
    const SHOWN: [(char, u8); 27] = [
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('†', 0x86),
        ('‡', 0x87),
        ('ˆ', 0x88),
        ('‰', 0x89),
        ('Š', 0x8a),
        ('‹', 0x8b),
        ('Œ', 0x8c),
        ('Ž', 0x8e),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('˜', 0x98),
        ('™', 0x99),
        ('š', 0x9a),
        ('›', 0x9b),
        ('œ', 0x9c),
        ('ž', 0x9e),
        ('Ÿ', 0x9f),
    ];
    match u8::try_from(u32::from(c)) {
        Ok(byte) if byte >= 0x80 => Some(byte),
        Ok(_) => None,
        Err(_) => SHOWN
            .iter()
            .find_map(|(shown, byte)| (*shown == c).then_some(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_wrongly_is_put_right() {
        for (text, expected) in [
            ("MecÃ¡nico", "Mecánico"),
            ("IngenierÃ\u{ad}a â€“ SÃ£o Paulo", "Ingeniería – São Paulo"),
            ("weâ€™re", "we’re"),
            ("ðŸš€ go", "🚀 go"),
            ("Mecánico", "Mecánico"),
            ("“Café” – naïve", "“Café” – naïve"),
            ("Zürich, Łódź, 東京", "Zürich, Łódź, 東京"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(undone(text), expected, "{text}");
        }
    }
}
