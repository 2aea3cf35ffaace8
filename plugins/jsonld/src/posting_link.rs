//! Which paths look like the page of one posting.

/// Words in the part of a path below which postings stand.
const WORDS: [&str; 45] = [
    "job",
    "jobs",
    "career",
    "careers",
    "position",
    "positions",
    "posting",
    "postings",
    "opening",
    "openings",
    "vacancy",
    "vacancies",
    "vacature",
    "vacatures",
    "stelle",
    "stellen",
    "stellenangebot",
    "stellenangebote",
    "stellenanzeige",
    "stellenanzeigen",
    "jobangebot",
    "jobangebote",
    "karriere",
    "emploi",
    "emplois",
    "offre",
    "offres",
    "empleo",
    "empleos",
    "oferta",
    "ofertas",
    "vaga",
    "vagas",
    "lavoro",
    "jobb",
    "jobdetail",
    "jobdetails",
    "requisition",
    "requisitions",
    "role",
    "roles",
    "opportunity",
    "opportunities",
    "viewjob",
    "jobposting",
];

/// Parts of paths that are lists, tools and pages about a company.
const OTHERS: [&str; 40] = [
    "search",
    "all",
    "login",
    "signin",
    "sign-in",
    "register",
    "apply",
    "application",
    "apply-now",
    "department",
    "departments",
    "team",
    "teams",
    "location",
    "locations",
    "category",
    "categories",
    "alert",
    "alerts",
    "job-alerts",
    "saved",
    "saved-jobs",
    "faq",
    "faqs",
    "benefits",
    "culture",
    "students",
    "about",
    "page",
    "index",
    "home",
    "results",
    "search-results",
    "intro",
    "referral",
    "reminder",
    "share",
    "blog",
    "news",
    "privacy",
];

/// Ends of file names that are no pages.
const FILES: [&str; 16] = [
    ".pdf", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".ico", ".css", ".js", ".json",
    ".xml", ".zip", ".doc", ".docx", ".mp4",
];

/// Parameters that name a posting.
const IDS: [&str; 14] = [
    "gh_jid",
    "jobid",
    "job_id",
    "jid",
    "reqid",
    "req_id",
    "vacancyid",
    "positionid",
    "jobreqid",
    "postingid",
    "job",
    "jk",
    "vacancy",
    "jobadid",
];

/// Whether the page at `path` may be one posting.
pub(crate) fn looks_like_one(path: &str) -> bool {
    let lower = path.to_lowercase();
    let (path, query) = lower.split_once('?').unwrap_or((&lower, ""));
    if FILES.iter().any(|end| path.ends_with(end)) {
        return false;
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts
        .iter()
        .any(|part| ["login", "apply", "search", "apply-now"].contains(part))
    {
        return false;
    }
    let names_one = query.split('&').any(|pair| {
        pair.split_once('=')
            .is_some_and(|(name, value)| IDS.contains(&name) && !value.is_empty())
    });
    if names_one {
        return true;
    }
    let Some(at) = parts.iter().position(|part| has_word(part)) else {
        return false;
    };
    let own = parts.get(at).is_some_and(|part| digits(part) >= 3);
    let mut below = parts.iter().skip(at + 1);
    own || below.any(|part| !OTHERS.contains(part) && !WORDS.contains(part))
        && !parts.last().is_some_and(|last| OTHERS.contains(last))
}

fn has_word(part: &str) -> bool {
    part.split(|c: char| !c.is_alphabetic())
        .any(|word| WORDS.contains(&word))
}

fn digits(part: &str) -> usize {
    part.bytes().filter(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_postings_are_told_by_their_paths() {
        for path in [
            "/job/octx7",
            "/ebbe/job/octx7",
            "/jobs/8214/tide-engineer/job",
            "/us/en/job/EBBE7/Tide-Engineer",
            "/careers/tide-engineer",
            "/profile/job_details/4417",
            "/Recruiting/Jobs/Details/4141",
            "/karriere/stellenangebote/deichwart-m-w-d",
            "/job-4567.html",
            "/careers?gh_jid=4417",
            "/en/vacancies/17",
        ] {
            assert!(looks_like_one(path), "{path}");
        }
    }

    #[test]
    fn other_pages_are_not_followed() {
        for path in [
            "/",
            "/about",
            "/jobs",
            "/careers/",
            "/jobs/search?pr=1",
            "/careers/benefits",
            "/jobs/8214/tide-engineer/login",
            "/job/octx7/apply",
            "/jobs/flyer.pdf",
            "/blog/we-hire",
            "/careers/teams",
            "/jobs?page=2",
            "/jobs/search?jobid=7",
        ] {
            assert!(!looks_like_one(path), "{path}");
        }
    }
}
