//! What a file is, and its bytes as text.
#![deny(clippy::indexing_slicing)]

use super::ReadError;

/// Format of a CV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// JSON Resume, 1.0.0 or 0.0.0.
    JsonResume,
    /// PDF: its text is taken out elsewhere and read as [`Format::Text`].
    Pdf,
    /// Word (`.docx`): its text is taken out elsewhere.
    Docx,
}

impl Format {
    /// Name as shown: "markdown", "text", "json-resume", "pdf" or "docx".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::JsonResume => "json-resume",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// The format of a file: by what it holds, and where that leaves a choice,
    /// by its name. `None` for what is none of them.
    pub fn sniff(file_name: &str, bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..1024).unwrap_or(bytes);
        let extension = file_name
            .rsplit_once('.')
            .map(|(_, end)| end.to_ascii_lowercase());
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Some(Self::Pdf);
        }
        if is_word(bytes) {
            return Some(Self::Docx);
        }
        let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        // What is named a PDF and is none is told to be a damaged one.
        let pdf = extension.as_deref() == Some("pdf");
        if is_package(bytes) || !utf16 && !pdf && bytes.contains(&0) {
            return None;
        }
        let first = head
            .iter()
            .copied()
            .find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
        match extension.as_deref() {
            Some("json") => Some(Self::JsonResume),
            Some("md" | "markdown" | "mdown" | "mkd") => Some(Self::Markdown),
            Some("pdf") => Some(Self::Pdf),
            _ if first == Some(b'{') => Some(Self::JsonResume),
            Some("txt" | "text") => Some(Self::Text),
            _ if first == Some(b'#') => Some(Self::Markdown),
            _ => Some(Self::Text),
        }
    }
}

/// A zip archive with a Word document in it: names stand in it as they are.
fn is_word(bytes: &[u8]) -> bool {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    bytes.starts_with(b"PK\x03\x04") && (holds(b"word/document") || holds(b"word/_rels/"))
}

/// The container of older Word files, and of newer ones with a password.
pub(super) fn is_old_word(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Zip (LibreOffice), the older Word container, gzip, PNG, JPEG and RTF.
fn is_package(bytes: &[u8]) -> bool {
    [
        b"PK\x03\x04".as_slice(),
        b"\xd0\xcf\x11\xe0",
        b"\x1f\x8b",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"{\\rtf",
    ]
    .iter()
    .any(|magic| bytes.starts_with(magic))
}

/// The text of `bytes`: UTF-8, or UTF-16 with a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        all => utf8(all),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, ReadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    if !rest.is_empty() || units.contains(&0) {
        return Err(ReadError::Binary);
    }
    String::from_utf16(&units).map_err(|_| ReadError::Binary)
}

fn utf8(bytes: &[u8]) -> Result<String, ReadError> {
    // More than one control character in thirty is no text a person wrote.
    let control = bytes
        .iter()
        .filter(|byte| {
            byte.is_ascii_control() && !matches!(byte, b'\n' | b'\r' | b'\t' | 0x0b | 0x0c | 0x1b)
        })
        .count();
    if bytes.contains(&0) || control * 30 > bytes.len() {
        return Err(ReadError::Binary);
    }
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            ReadError::NotUtf8 { line }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_told_by_content_and_name() {
        for (name, bytes, expected) in [
            ("cv.md", b"# Ada".as_slice(), Some(Format::Markdown)),
            ("cv", b"# Ada", Some(Format::Markdown)),
            ("cv.txt", b"# Ada", Some(Format::Text)),
            ("cv", b"Ada", Some(Format::Text)),
            ("cv.pdf", b"%PDF-1.7", Some(Format::Pdf)),
            ("cv.txt", b"\n%PDF-1.7", Some(Format::Pdf)),
            ("cv.PDF", b"no magic", Some(Format::Pdf)),
            ("cv.pdf", b"rub\0bish", Some(Format::Pdf)),
            ("cv.json", b"", Some(Format::JsonResume)),
            ("cv", b" {\"basics\":", Some(Format::JsonResume)),
            ("cv.docx", b"PK\x03\x04....", None),
            ("cv", b"PK\x03\x04..word/document.xml", Some(Format::Docx)),
            ("cv.md", b"a\0b", None),
            ("cv.txt", b"\xff\xfea\0", Some(Format::Text)),
        ] {
            assert_eq!(Format::sniff(name, bytes), expected, "{name} {bytes:?}");
        }
    }

    #[test]
    fn bytes_become_text_or_a_reason() {
        let little: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("Zoë".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let big: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain("Zoë".encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        for bytes in [
            little.as_slice(),
            &big,
            "Zoë".as_bytes(),
            "\u{feff}Zoë".as_bytes(),
        ] {
            assert_eq!(decode(bytes), Ok("Zoë".to_owned()));
        }
        for (bytes, expected) in [
            (b"ab\0c".as_slice(), ReadError::Binary),
            (b"\xff\xfea\0b", ReadError::Binary),
            (b"\x01\x02\x03\x04abc", ReadError::Binary),
            (b"Name\nJos\xe9\n", ReadError::NotUtf8 { line: 2 }),
        ] {
            assert_eq!(decode(bytes), Err(expected));
        }
    }
}
