//! The files in a request, and bodies that cannot be compared.

use agent_approval::*;

use super::{BOUNDARY, Case, Encoding, check};
use crate::sample;

#[test]
fn p1_every_approved_file_is_there_and_no_other() {
    let with_files = [Encoding::Multipart, Encoding::Json];
    let missing = |field: &str, file: &str| {
        Err(WireRefusal::MissingFile {
            field: field.into(),
            file: file.into(),
        })
    };
    check(
        &with_files,
        |case| case.files.clear(),
        &missing("CV", "ada.pdf"),
    );
    let multipart = [Encoding::Multipart];
    check(
        &multipart,
        |case| case.files[0].1 = "eve.pdf".into(),
        &missing("CV", "ada.pdf"),
    );
    check(
        &with_files[1..],
        |case| case.files[0].2.push(b'!'),
        &missing("CV", "ada.pdf"),
    );
    let content = |file: &str| Err(WireRefusal::FileContent { file: file.into() });
    check(
        &multipart,
        |case| case.files[0].2.push(b'!'),
        &content("ada.pdf"),
    );
    let other = |file: &str| Err(WireRefusal::OtherFile { file: file.into() });
    let add = |case: &mut Case, file: &str, content: &[u8]| {
        case.files
            .push(("more".into(), file.into(), content.into()))
    };
    check(
        &multipart,
        |case| add(case, "eve.pdf", b"x"),
        &other("eve.pdf"),
    );
    check(
        &multipart,
        |case| add(case, "ada.pdf", sample::CV),
        &other("ada.pdf"),
    );
    check(&multipart, |case| add(case, "", b"x"), &other(""));
    check(&multipart, |case| add(case, "", b""), &Ok(()));
    // The portfolio was uploaded before; sending it again is as approved.
    check(&multipart, |case| add(case, "works.pdf", b"works"), &Ok(()));
    check(
        &multipart,
        |case| add(case, "works.pdf", b"other"),
        &content("works.pdf"),
    );
    check(
        &with_files,
        |case| drop(case.manifest.releases.remove(0)),
        &Err(WireRefusal::NoSuchRelease { index: 1 }),
    );
    let not_before = |case: &mut Case| {
        case.manifest.releases.remove(0);
        case.release = 0;
    };
    check(&with_files, not_before, &missing("Portfolio", "works.pdf"));
}

#[test]
fn the_content_of_a_file_may_be_left_out_but_not_its_name() {
    let multipart = [Encoding::Multipart];
    check(&multipart, |case| case.files_left_out = true, &Ok(()));
    let other = |case: &mut Case| {
        case.files_left_out = true;
        case.files
            .push(("more".into(), "eve.pdf".into(), Vec::new()));
    };
    check(
        &multipart,
        other,
        &Err(WireRefusal::OtherFile {
            file: "eve.pdf".into(),
        }),
    );
    let empty = |case: &mut Case| case.files[0].2.clear();
    check(
        &multipart,
        empty,
        &Err(WireRefusal::FileContent {
            file: "ada.pdf".into(),
        }),
    );
}

#[test]
fn p1_a_body_that_cannot_be_compared_is_refused() {
    let case = Case::good(Encoding::Multipart);
    let (content_type, body) = case.encode(Encoding::Multipart);
    let text = String::from_utf8(body.clone()).unwrap();
    let whole = |content_type: Option<&str>| case.check_body(content_type, WireBody::Whole(&body));
    assert_eq!(whole(Some(&content_type)), Ok(()));
    assert_eq!(
        whole(Some(
            &content_type.replace(BOUNDARY, &format!("\"{BOUNDARY}\""))
        )),
        Ok(())
    );
    assert_eq!(
        case.check_body(Some(&content_type), WireBody::Unseen),
        Err(WireRefusal::BodyUnseen)
    );
    for kind in [
        None,
        Some("application/octet-stream"),
        Some("application/protobuf"),
        Some(""),
    ] {
        let refused = WireRefusal::BodyKind {
            content_type: kind.map(str::to_owned),
        };
        assert_eq!(whole(kind), Err(refused));
    }
    let malformed = [
        format!("before\r\n{text}"),
        format!("{text}after"),
        text.replace(&format!("--{BOUNDARY}--\r\n"), ""),
        text.replacen("form-data; ", "attachment; ", 1),
        text.replacen("; filename=", "; filename*=utf-8''eve.pdf; filename=", 1),
        text.replacen("name=\"first\"", "name=first", 1),
        text.replacen("\r\n\r\n", "\r\nX-Note: Ada\r\n\r\n", 1),
        text.replacen(
            "\r\n\r\n",
            "\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n",
            1,
        ),
        text.replacen("\r\n", "\n", 1),
    ];
    for body in malformed {
        let refused = case.check_body(Some(&content_type), WireBody::Whole(body.as_bytes()));
        assert!(
            matches!(refused, Err(WireRefusal::Malformed { .. })),
            "{refused:?}: {body}"
        );
    }
}

#[test]
fn a_body_without_bounds_or_with_two_boundaries_is_refused() {
    let case = Case::good(Encoding::Multipart);
    let (content_type, body) = case.encode(Encoding::Multipart);
    let twice = format!("{content_type}; boundary=other");
    let refused = case.check_body(Some(&twice), WireBody::Whole(&body));
    let what = "its header names no boundary";
    assert_eq!(refused, Err(WireRefusal::Malformed { what }));
    let huge = vec![b'a'; 32 * 1024 * 1024 + 1];
    let form = Some("application/x-www-form-urlencoded");
    let refused = case.check_body(form, WireBody::Whole(&huge));
    let what = "it is larger than any form";
    assert_eq!(refused, Err(WireRefusal::Malformed { what }));
    assert_eq!(
        case.check_body(Some(&content_type), WireBody::Whole(&body)),
        Ok(())
    );
}
