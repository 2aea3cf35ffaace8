//! A request that sends one file ahead of the form.

use agent_approval::*;

use super::{BOUNDARY, Case, Encoding};
use crate::sample;

fn good() -> Case {
    let mut case = Case::good(Encoding::Multipart);
    case.release = sample::UPLOAD;
    case.method = "PUT".into();
    case.url = "https://store.example/uploads/b71f/works.pdf?X-Signature=9f86d081".into();
    case.pairs = vec![
        ("key".into(), "b71f/works.pdf".into()),
        ("acl".into(), "private".into()),
    ];
    case.files = vec![("file".into(), "works.pdf".into(), b"works".into())];
    case
}

#[test]
fn p1_a_file_alone_goes_where_it_was_approved_to_go() {
    let alone = |case: &Case| case.check_body(Some("application/pdf"), WireBody::Unseen);
    assert_eq!(alone(&good()), Ok(()));
    assert_eq!(good().check_body(None, WireBody::Whole(b"works")), Ok(()));
    assert_eq!(good().check_body(None, WireBody::WithoutFiles(b"")), Ok(()));
    for other in [
        WireBody::Whole(b"worksheet"),
        WireBody::Whole(b""),
        WireBody::WithoutFiles(b"Ada"),
        WireBody::Whole(sample::CV),
    ] {
        assert_eq!(
            good().check_body(Some("application/pdf"), other),
            Err(WireRefusal::BodyUnexpected)
        );
    }
    for url in [
        "https://store.example/uploads/..%2fother",
        "https://store.example/uploads/%2e%2e/x",
        "https://store.example/upload",
        "https://store.example/uploads/a/..%5Cb",
    ] {
        let mut case = good();
        case.url = url.into();
        assert!(
            matches!(alone(&case), Err(WireRefusal::Path { .. })),
            "{url}"
        );
    }
    let mut case = good();
    case.url = "https://store.evil/uploads/b71f".into();
    assert!(matches!(alone(&case), Err(WireRefusal::Origin { .. })));
    let mut case = good();
    case.method = "POST".into();
    assert!(matches!(alone(&case), Err(WireRefusal::Method { .. })));
    let mut case = good();
    case.manifest.snapshots[0].files.clear();
    assert!(matches!(alone(&case), Err(WireRefusal::MissingFile { .. })));
}

#[test]
fn p4_an_uploads_address_carries_nothing_of_the_person() {
    let mut case = good();
    for (tail, what) in [
        ("ada@engines.example", true),
        ("Ada%20Lovelace", true),
        ("b71f", false),
    ] {
        case.url = format!("https://store.example/uploads/{tail}");
        assert_eq!(
            case.check_body(None, WireBody::Unseen).is_err(),
            what,
            "{tail}"
        );
        case.url = format!("https://store.example/uploads/x?k={tail}");
        assert_eq!(
            case.check_body(None, WireBody::Unseen).is_err(),
            what,
            "{tail}"
        );
    }
}

#[test]
fn p1_a_form_with_the_file_holds_that_file_and_what_the_store_wants() {
    let check = |edit: &dyn Fn(&mut Case)| {
        let mut case = good();
        edit(&mut case);
        case.check(Encoding::Multipart)
    };
    assert_eq!(check(&|_| {}), Ok(()));
    assert_eq!(check(&|case| case.files_left_out = true), Ok(()));
    assert_eq!(check(&|case| case.add("name", "works.pdf")), Ok(()));
    let other = |file: &str| Err(WireRefusal::OtherFile { file: file.into() });
    assert_eq!(
        check(&|case| case.files[0].1 = "eve.pdf".into()),
        other("eve.pdf")
    );
    assert_eq!(
        check(&|case| case.files.push(case.files[0].clone())),
        other("works.pdf")
    );
    assert_eq!(
        check(&|case| case
            .files
            .push(("cv".into(), "ada.pdf".into(), sample::CV.into()))),
        other("ada.pdf")
    );
    let content = Err(WireRefusal::FileContent {
        file: "works.pdf".into(),
    });
    assert_eq!(check(&|case| case.files[0].2.push(b'!')), content);
    let missing = Err(WireRefusal::MissingFile {
        field: "Portfolio".into(),
        file: "works.pdf".into(),
    });
    assert_eq!(check(&|case| case.files.clear()), missing);
    let protected = WireRefusal::Protected {
        what: "mail address".into(),
        place: Place::Value("who".into()),
    };
    assert_eq!(
        check(&|case| case.add("who", "ada@engines.example")),
        Err(protected)
    );
    let repeated = WireRefusal::Repeated {
        field: "Name".into(),
        place: Place::Value("who".into()),
    };
    assert_eq!(
        check(&|case| case.add("who", "ada lovelace, analyst")),
        Err(repeated)
    );
    let unseen = good().check_body(
        Some(&format!("multipart/form-data; boundary={BOUNDARY}")),
        WireBody::Unseen,
    );
    assert_eq!(unseen, Err(WireRefusal::BodyUnseen));
}
