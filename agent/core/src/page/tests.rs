use super::*;

const WITH_DATA: &str = r#"<!DOCTYPE html>
<!-- saved from url=(0041)https://jobs.example/posting/77?utm_source=x#top -->
<html><head><title>Senior Baker | Brindille</title>
<script type="application/ld+json">[{"@context":"https://schema.org","@graph":[
 {"@type":["JobPosting"],"title":"Senior Baker","hiringOrganization":{"@type":"Organization","name":"Brindille"},
  "identifier":{"@type":"PropertyValue","value":4711},
  "jobLocation":[{"@type":"Place","address":{"addressLocality":"Porto","addressRegion":"Norte","addressCountry":{"name":"Portugal"}}}],
  "description":"<p>Bread &amp; rolls,
every morning.</p>","employmentType":["FULL_TIME"],"datePosted":"2026-11-02","validThrough":null,
  "baseSalary":{"currency":"EUR","value":{"minValue":"30000","maxValue":36000,"unitText":"YEAR"}}}]}]</script>
</head><body><h1>Senior Baker</h1><p>Similar openings</p></body></html>"#;

fn read_one(content: &str, address: Option<&str>) -> (Posting, ReadFrom, Vec<Uncertain>) {
    let reading = read(Page { content, address }).unwrap();
    assert_eq!(reading.postings.len(), 1, "{reading:?}");
    let posting = reading.postings.into_iter().next().unwrap();
    (posting, reading.read_from, reading.uncertain)
}

#[test]
fn data_beside_the_text_is_believed_first() {
    let (posting, read_from, uncertain) = read_one(WITH_DATA, None);
    assert_eq!((read_from, uncertain), (ReadFrom::Markup, vec![]));
    assert_eq!(posting.title, "Senior Baker");
    assert_eq!(posting.company.as_deref(), Some("Brindille"));
    assert_eq!(posting.locations, ["Porto, Norte, Portugal"]);
    assert_eq!(posting.url, "https://jobs.example/posting/77");
    assert_eq!(posting.external_id, posting.url);
    assert_eq!(posting.requisition_id.as_deref(), Some("4711"));
    assert_eq!(posting.employment.as_deref(), Some("FULL TIME"));
    let pay = posting.pay.as_ref().unwrap();
    assert_eq!((pay.min, pay.max), (Some(30_000.0), Some(36_000.0)));
    let source = crate::ids::SourceId::of("by-hand", "by-hand");
    let job = crate::job::read(source, "", &posting).unwrap();
    assert_eq!(job.description, "Bread & rolls, every morning.");
}

#[test]
fn without_data_the_text_is_read_and_guesses_are_named() {
    let body = "Bread and rolls, every morning from four. ".repeat(8);
    let page = format!(
        "<html><head><title>Baker at Brindille - Jobs</title>\
         <meta property=\"og:site_name\" content=\"Brindille\">\
         <link rel=canonical href=\"https://brindille.example/jobs/9\"></head>\
         <body><nav>Home | Login</nav><main><h1>Baker <b>(m/f)</b></h1><p>{body}</p></main>\
         <footer>Imprint</footer></body></html>"
    );
    let (posting, read_from, uncertain) = read_one(&page, None);
    assert_eq!(read_from, ReadFrom::Text);
    assert_eq!(uncertain, [Uncertain::Title, Uncertain::Company]);
    assert_eq!(posting.title, "Baker (m/f)");
    assert_eq!(posting.company.as_deref(), Some("Brindille"));
    assert_eq!(posting.url, "https://brindille.example/jobs/9");
    let words = posting.description_text.unwrap();
    assert!(
        words.contains("every morning") && !words.contains("Login"),
        "{words}"
    );
}

#[test]
fn pasted_words_are_a_posting_with_a_first_line() {
    let (posting, _, uncertain) = read_one("Baker in Porto\n\nBread, 3 < 4 rolls.\n", None);
    assert_eq!(posting.title, "Baker in Porto");
    assert!(posting.url.starts_with(NOWHERE), "{}", posting.url);
    assert_eq!(
        uncertain,
        [Uncertain::Title, Uncertain::Company, Uncertain::Address]
    );
    let again = read_one("Baker in Porto\n\nBread, 3 < 4 rolls.", None).0;
    assert_eq!(again.external_id, posting.external_id);
    let elsewhere = read_one("Baker in Porto", Some("https://x.example/1#a")).0;
    assert_eq!(elsewhere.external_id, "https://x.example/1");
}

#[test]
fn of_several_postings_the_one_at_the_address_is_taken_or_else_all() {
    let one = |number: u8| {
        format!(
            r#"{{"@type":"JobPosting","title":"Job {number}","url":"https://x.example/{number}"}}"#
        )
    };
    let page = format!(
        "<script type='application/ld+json'>[{},{}]</script><body>x",
        one(1),
        one(2)
    );
    let page = page.as_str();
    let at = |address| {
        read(Page {
            content: page,
            address,
        })
        .unwrap()
        .postings
    };
    assert_eq!(at(None).len(), 2);
    let second = at(Some("https://x.example/2?utm_medium=mail"));
    assert_eq!(second.len(), 1);
    assert_eq!(second.first().unwrap().title, "Job 2");
}

#[test]
fn broken_pages_are_read_or_refused_and_never_panic() {
    for page in ["", "  \n ", "<html></html>", "<body><script>1</script>"] {
        let read = read(Page {
            content: page,
            address: None,
        });
        assert_eq!(read, Err(NoText), "{page:?}");
    }
    let broken = "<script type=\"application/ld+json\">{\"@type\":\"JobPosting\",</script><h1>Cook</h1><p>Soup";
    assert_eq!(read_one(broken, None).0.title, "Cook");
    assert_eq!(
        read_one("<ul><li>Porter<li>Nights</ul>", None).0.title,
        "Porter"
    );
    let odd = r#"<script type="application/ld+json">{"@type":"JobPosting","title":5,"jobLocation":"Faro","baseSalary":"12 an hour","hiringOrganization":null,"description":7,"employmentType":{}}</script><p>x"#;
    let posting = read_one(odd, None).0;
    assert_eq!(
        (posting.title.as_str(), posting.locations),
        ("5", vec!["Faro".to_owned()])
    );
    let deep = format!(
        "<script type=application/ld+json>{}</script><p>x",
        "[".repeat(5_000)
    );
    assert_eq!(read_one(&deep, None).1, ReadFrom::Text);
}
