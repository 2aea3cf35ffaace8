//! PDF: letters at places on pages, put back into the lines a person reads.
//!
//! A PDF says where each letter stands and nothing of words, lines or columns.
//! Letters become fragments ([`fragments`]), fragments are cut into columns
//! ([`columns`]), and their rows are written out ([`render`]).

mod columns;
mod fragments;
mod render;
mod widths;

use pdf_extract::{
    ColorSpace, Document, MediaBox, OutputDev, OutputError, Path, PathOp, Transform,
};

use self::{columns::Part, fragments::Glyph};
use crate::DocumentError;

/// The most letters on one page; a dense page has eight thousand.
const MOST_GLYPHS: usize = 200_000;
/// The most pages read.
const MOST_PAGES: usize = 1000;

/// The text of a PDF.
pub(crate) fn text(bytes: &[u8]) -> Result<String, DocumentError> {
    // The library panics on what it did not expect.
    std::panic::catch_unwind(|| read(bytes)).unwrap_or_else(|_| {
        Err(DocumentError::Broken(
            "its structure cannot be understood".to_owned(),
        ))
    })
}

fn read(bytes: &[u8]) -> Result<String, DocumentError> {
    let mut document = Document::load_mem(bytes).map_err(|error| of_pdf(&error))?;
    if document.is_encrypted() {
        // One whose password is empty can be read by anybody.
        document.decrypt("").map_err(|_| DocumentError::Encrypted)?;
    }
    widths::write_out(&mut document);
    let pages = document.get_pages();
    if pages.len() > MOST_PAGES {
        return Err(DocumentError::TooMuch {
            what: format!("{} pages, more than {MOST_PAGES}", pages.len()),
        });
    }
    let mut taken = Taken::default();
    let (mut broken, mut first_fault) = (0, None);
    for number in pages.keys() {
        taken.begin();
        // A page that cannot be read costs that page alone.
        let page = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            pdf_extract::output_doc_page(&document, &mut taken, *number)
        }));
        let fault = match page {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some(format!("page {number} cannot be understood")),
        };
        if let Some(fault) = fault {
            broken += 1;
            first_fault.get_or_insert(fault);
        }
        taken.end();
    }
    if taken.too_much {
        return Err(DocumentError::TooMuch {
            what: format!("more than {MOST_GLYPHS} letters on one page"),
        });
    }
    match first_fault {
        Some(fault) if broken == pages.len() => Err(DocumentError::Broken(fault)),
        _ => Ok(render::text(&taken.pages)),
    }
}

fn of_pdf(error: &pdf_extract::Error) -> DocumentError {
    if format!("{error:?}").to_lowercase().contains("crypt") {
        DocumentError::Encrypted
    } else {
        DocumentError::Broken(error.to_string())
    }
}

/// How large the mark of a list is, in points.
const MARKS: std::ops::Range<f64> = 1.2..5.5;
/// The size of letters it usually stands beside, in points.
const MARK_SIZE: f64 = 10.0;

/// Left, bottom, right and top of a path on the page; none for one that is empty
/// or long.
fn bounds(place: &Transform, path: &Path) -> Option<[f64; 4]> {
    if path.ops.is_empty() || path.ops.len() > 40 {
        return None;
    }
    let mut edges = [
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ];
    let mut take = |x: f64, y: f64| {
        let (x, y) = (
            x * place.m11 + y * place.m21 + place.m31,
            x * place.m12 + y * place.m22 + place.m32,
        );
        let [left, bottom, right, top] = edges;
        edges = [left.min(x), bottom.min(y), right.max(x), top.max(y)];
    };
    for part in &path.ops {
        match *part {
            PathOp::MoveTo(x, y) | PathOp::LineTo(x, y) | PathOp::CurveTo(_, _, _, _, x, y) => {
                take(x, y);
            }
            PathOp::Rect(x, y, width, height) => {
                take(x, y);
                take(x + width, y + height);
            }
            PathOp::Close => {}
        }
    }
    edges.iter().all(|edge| edge.is_finite()).then_some(edges)
}

/// What the pages gave so far.
#[derive(Default)]
struct Taken {
    pages: Vec<Vec<Part>>,
    glyphs: Vec<Glyph>,
    top: f64,
    too_much: bool,
}

impl Taken {
    fn begin(&mut self) {
        self.glyphs.clear();
    }

    fn end(&mut self) {
        let fragments = fragments::of_glyphs(std::mem::take(&mut self.glyphs));
        self.pages.push(columns::parts(fragments));
    }
}

impl OutputDev for Taken {
    fn begin_page(
        &mut self,
        _: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.top = media.ury;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let across = place.m11.hypot(place.m12) * font_size;
        let size = place.m21.hypot(place.m22) * font_size;
        let upright = place.m12.abs() < place.m11.abs();
        let whole = [place.m31, place.m32, across, size, width]
            .iter()
            .all(|number| number.is_finite());
        // Text that runs up the page is decoration or a watermark.
        if !upright || !whole || size < 1.0 || text.is_empty() {
            return Ok(());
        }
        if self.glyphs.len() >= MOST_GLYPHS {
            self.too_much = true;
            return Ok(());
        }
        self.glyphs.push(Glyph {
            x: place.m31,
            y: self.top - place.m32,
            width: (width * across).max(0.0),
            size,
            text: text.to_owned(),
        });
        Ok(())
    }

    /// Small round or square spots are the marks of a list: many programs draw them.
    fn fill(
        &mut self,
        place: &Transform,
        _: &ColorSpace,
        _: &[f64],
        path: &Path,
    ) -> Result<(), OutputError> {
        let Some([left, bottom, right, top]) = bounds(place, path) else {
            return Ok(());
        };
        let (width, height) = (right - left, top - bottom);
        let spot = (MARKS.contains(&width) && MARKS.contains(&height))
            && (width - height).abs() < 0.3 * width;
        if spot && self.glyphs.len() < MOST_GLYPHS {
            // It stands in the middle of small letters, a quarter above the base line.
            let y = self.top - (bottom + height / 2.0) + 0.25 * MARK_SIZE;
            self.glyphs.push(Glyph {
                x: left,
                y,
                width,
                size: MARK_SIZE,
                text: fragments::MARK.to_owned(),
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
