//! Word documents: a zip archive of XML parts.
//!
//! Read are the body with its tables, lists and text boxes, and the headers and
//! footers; comments, notes and what was deleted under review are left out.
#![deny(clippy::indexing_slicing)]

mod body;
mod styles;
mod table;
mod xml;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::{ZipArchive, result::ZipError};

use crate::DocumentError;

/// The most files in the archive; a document has about twenty.
const MOST_FILES: usize = 4096;
/// The most bytes of one part, unpacked.
const LARGEST_PART: u64 = 24 << 20;
/// The most bytes of all parts that are read, unpacked.
const LARGEST: u64 = 48 << 20;

/// The text of a Word document.
pub(crate) fn text(bytes: &[u8]) -> Result<String, DocumentError> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    let Some(document) = package.part(&main)? else {
        return Err(DocumentError::Broken(
            "it has no document inside, so it is no Word file".to_owned(),
        ));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = main.rsplit('/').next().unwrap_or_default();
    let relations = package.relations(&format!("{folder}/_rels/{name}.rels"))?;
    let styles = match package.part(&format!("{folder}/styles.xml"))? {
        Some(part) => styles::Styles::of(&xml::read(&part)?),
        None => styles::Styles::default(),
    };
    let mut out = body::Writer::new(&styles);
    // What is printed above every page stands above the text, once.
    for (kind, below) in [("header", false), ("document", false), ("footer", true)] {
        if kind == "document" {
            out.write(&xml::read(&document)?, &relations.links);
            continue;
        }
        for target in relations.parts.iter().filter(|part| part.0 == kind) {
            let path = format!("{folder}/{}", target.1);
            let name = target.1.rsplit('/').next().unwrap_or_default();
            let own = package.relations(&format!("{folder}/_rels/{name}.rels"))?;
            if let Some(part) = package.part(&path)? {
                if below {
                    out.stand_apart();
                }
                out.write(&xml::read(&part)?, &own.links);
            }
        }
    }
    Ok(out.finish())
}

/// Where the parts of a document point to.
#[derive(Default)]
struct Relations {
    /// Addresses of links by their id.
    links: BTreeMap<String, String>,
    /// Kind and path of headers and footers.
    parts: Vec<(String, String)>,
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, DocumentError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(of_zip)?;
        if archive.len() > MOST_FILES {
            return Err(DocumentError::TooMuch {
                what: format!("{} files inside, more than {MOST_FILES}", archive.len()),
            });
        }
        Ok(Self {
            archive,
            left: LARGEST,
        })
    }

    /// A part as text; `None` when there is none of this name.
    fn part(&mut self, name: &str) -> Result<Option<String>, DocumentError> {
        let file = match self.archive.by_name(name.trim_start_matches('/')) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(of_zip(error)),
        };
        let most = LARGEST_PART.min(self.left);
        let mut bytes = Vec::new();
        // The size the archive claims is not believed.
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| DocumentError::Broken(error.to_string()))?;
        if bytes.len() as u64 > most {
            return Err(DocumentError::TooMuch {
                what: format!("a part of more than {} MiB", LARGEST_PART >> 20),
            });
        }
        self.left -= bytes.len() as u64;
        Ok(Some(decoded(&bytes)))
    }

    /// Path of the part with the text.
    fn main_part(&mut self) -> Result<String, DocumentError> {
        let usual = "word/document.xml";
        let Some(part) = self.part("_rels/.rels")? else {
            return Ok(usual.to_owned());
        };
        let root = xml::read(&part)?;
        let found = root.all("Relationship").find(|one| {
            one.attribute("Type")
                .is_some_and(|kind| kind.ends_with("/officeDocument"))
        });
        let target = found.and_then(|one| one.attribute("Target"));
        Ok(target
            .map_or(usual, |target| target.trim_start_matches('/'))
            .to_owned())
    }

    fn relations(&mut self, path: &str) -> Result<Relations, DocumentError> {
        let mut found = Relations::default();
        let Some(part) = self.part(path)? else {
            return Ok(found);
        };
        let root = xml::read(&part)?;
        for one in root.all("Relationship") {
            let (Some(id), Some(kind), Some(target)) = (
                one.attribute("Id"),
                one.attribute("Type"),
                one.attribute("Target"),
            ) else {
                continue;
            };
            match kind.rsplit('/').next().unwrap_or_default() {
                "hyperlink" => {
                    found.links.insert(id.to_owned(), target.to_owned());
                }
                part @ ("header" | "footer") => {
                    found.parts.push((part.to_owned(), target.to_owned()));
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

/// XML is UTF-8 or UTF-16 with a mark.
fn decoded(bytes: &[u8]) -> String {
    let units = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = rest.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        all => String::from_utf8_lossy(all).into_owned(),
    }
}

fn of_zip(error: ZipError) -> DocumentError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => DocumentError::Encrypted,
        other => DocumentError::Broken(other.to_string()),
    }
}
