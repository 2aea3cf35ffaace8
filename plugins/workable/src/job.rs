//! One posting of Workable. Its lists and its own page name the same things
//! differently: `department` is a text or a list, `type` or `employment_type`
//! the contract, `published` or `published_on` the day.

use portal_sdk::{Pay, PortalError, Posting, is_name, json, sections, text, tidy, web_address};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::place::{self, Place};

#[derive(Deserialize)]
pub(crate) struct Job {
    #[serde(default, deserialize_with = "json::text")]
    shortcode: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    shortlink: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    application_url: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    telecommuting: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    remote: Option<String>,
    #[serde(default, alias = "workplace_type", deserialize_with = "json::text")]
    workplace: Option<String>,
    #[serde(default, deserialize_with = "one_or_more")]
    department: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    employment_type: Option<String>,
    #[serde(default, rename = "type", deserialize_with = "json::text")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "place::all")]
    locations: Vec<Place>,
    #[serde(default, deserialize_with = "place::all")]
    location: Vec<Place>,
    #[serde(default, deserialize_with = "json::text")]
    city: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    region: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    country: Option<String>,
    /// Of the country in the widget; elsewhere whether it is "published".
    #[serde(default, deserialize_with = "json::text")]
    state: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    published_on: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    published: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    created_at: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    requirements: Option<String>,
    /// Prose.
    #[serde(default, deserialize_with = "json::text")]
    benefits: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    experience: Option<String>,
    #[serde(default, deserialize_with = "one_or_more")]
    industry: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    language: Option<String>,
    /// The company's own number.
    #[serde(default, deserialize_with = "json::text")]
    code: Option<String>,
    #[serde(default, deserialize_with = "json::lenient")]
    salary: Option<Salary>,
}

#[derive(Deserialize)]
struct Salary {
    #[serde(
        default,
        alias = "from",
        alias = "min",
        deserialize_with = "json::number"
    )]
    salary_from: Option<f64>,
    #[serde(
        default,
        alias = "to",
        alias = "max",
        deserialize_with = "json::number"
    )]
    salary_to: Option<f64>,
    #[serde(default, alias = "currency", deserialize_with = "json::text")]
    salary_currency: Option<String>,
}

/// A text, the texts of a list, or the name of an object.
fn one_or_more<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(default, deserialize_with = "json::text")]
        name: Option<String>,
    }
    let one = |raw: &RawValue| {
        let mut plain = serde_json::Deserializer::from_str(raw.get());
        let text = json::text(&mut plain).ok().flatten();
        text.or_else(|| serde_json::from_str::<Named>(raw.get()).ok()?.name)
    };
    let raw: &RawValue = Deserialize::deserialize(from)?;
    let many: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    let many: Vec<String> = many.into_iter().filter_map(one).collect();
    if many.is_empty() {
        return Ok(one(raw));
    }
    Ok(Some(many.join(", ")))
}

impl Job {
    /// What tells a posting from others of its account.
    pub(crate) fn key(&self) -> Option<&str> {
        self.code().or(self.id.as_deref())
    }

    /// Its code, which its addresses end in, too: `/j/1A2B3C4D5E`.
    fn code(&self) -> Option<&str> {
        let addresses = [&self.shortlink, &self.url].into_iter().flatten();
        let mut ends = addresses.filter_map(|url| {
            let (_, end) = url.split_once("/j/")?;
            end.split(['/', '?']).next().filter(|code| is_name(code))
        });
        self.shortcode.as_deref().or_else(|| ends.next())
    }

    /// The first place it states.
    pub(crate) fn place(&self) -> Option<String> {
        self.all_places().into_iter().next()
    }

    /// The places on its page; those that are kept off it where there are no
    /// others.
    fn all_places(&self) -> Vec<String> {
        let mut found = Vec::new();
        let stated = || self.locations.iter().chain(&self.location);
        let shown = stated().filter(|place| !place.is_hidden());
        for name in shown.filter_map(Place::name) {
            text::add_place(&mut found, &name);
        }
        if found.is_empty() {
            let state = self.state.as_deref().filter(|_| !self.is_marked());
            let region = self.region.as_deref().or(state);
            found.extend(portal_sdk::place([
                self.city.as_deref(),
                region,
                self.country.as_deref(),
            ]));
        }
        if found.is_empty() {
            found.extend(stated().find_map(Place::name));
        }
        found
    }

    /// Whether `state` says how far the posting is, and not where.
    fn is_marked(&self) -> bool {
        const MARKS: [&str; 5] = ["published", "closed", "draft", "archived", "internal"];
        let state = self.state.as_deref().unwrap_or_default();
        MARKS.iter().any(|mark| state.eq_ignore_ascii_case(mark))
    }

    fn workplace(&self) -> Option<String> {
        let says = |flag: &Option<String>| flag.as_deref() == Some("true");
        let remote = says(&self.telecommuting) || says(&self.remote);
        self.workplace
            .clone()
            .or_else(|| remote.then(|| "remote".to_owned()))
    }
}

/// `job` as a posting of `account`; an error says what it lacks.
pub(crate) fn posting(job: Job, account: &str) -> Result<Posting, String> {
    let locations = job.all_places();
    let workplace = job.workplace();
    let id = job.key().ok_or("has no id")?.to_owned();
    let own = job
        .code()
        .map(|code| format!("https://apply.workable.com/{account}/j/{code}/"));
    let title = job.title.ok_or_else(|| format!("{id} has no title"))?;
    let url = web_address(job.url)
        .or_else(|| web_address(job.shortlink))
        .or_else(|| own.clone())
        .unwrap_or_else(|| format!("https://apply.workable.com/{account}/"));

    let mut posting = portal_sdk::posting(id, url, title);
    posting.apply_url =
        web_address(job.application_url).or_else(|| own.map(|own| format!("{own}apply/")));
    posting.locations = locations;
    posting.workplace = workplace;
    posting.description_html = sections([
        (None, job.description.as_deref()),
        (Some("Requirements"), job.requirements.as_deref()),
        (Some("Benefits"), job.benefits.as_deref()),
    ]);
    posting.pay = job.salary.and_then(pay);
    posting.employment = job.employment_type.or_else(|| job.kind.map(contract));
    posting.level = job.experience.filter(|level| level != "Not Applicable");
    posting.department = job.department;
    posting.language = job.language;
    posting.posted_at = job.published_on.or(job.published).or(job.created_at);
    posting.requisition_id = job.code;
    posting.industry = job.industry;
    Ok(tidy(posting))
}

/// A posting from its own address; one that is not published is gone.
pub(crate) fn detail(body: &[u8], account: &str, what: &str) -> Result<Posting, PortalError> {
    let job: Job = portal_sdk::read_json(body, what)?;
    let state = job.state.as_deref().unwrap_or("published");
    if job.is_marked() && !state.eq_ignore_ascii_case("published") {
        return Err(PortalError::Gone(format!("{what} is {state}")));
    }
    posting(job, account)
        .map_err(|why| PortalError::Changed(format!("{what} cannot be read: {why}")))
}

/// The words the careers page has for a kind of contract.
fn contract(kind: String) -> String {
    match kind.as_str() {
        "full" => "Full-time".to_owned(),
        "part" => "Part-time".to_owned(),
        "contract" => "Contract".to_owned(),
        "temporary" => "Temporary".to_owned(),
        _ => kind,
    }
}

fn pay(salary: Salary) -> Option<Pay> {
    let stated = salary.salary_from.is_some() || salary.salary_to.is_some();
    stated.then_some(Pay {
        text: None,
        min: salary.salary_from,
        max: salary.salary_to,
        currency: salary.salary_currency,
        period: None,
    })
}
