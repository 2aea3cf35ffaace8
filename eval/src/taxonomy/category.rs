//! What kind of skill ESCO's groups stand for, in the words of our lexicon.

use agent_core::skill::Category;

/// Beginnings of codes; of those that fit a code the longest counts. ESCO has
/// knowledge by ISCED-F (K), skills (S), languages (L), attitudes (A) and what goes
/// across all (T).
const CODES: &[(Category, &[&str])] = &[
    (Category::Software, &["K06", "S5"]),
    (Category::Data, &["K0533", "K054", "S2", "S5.5"]),
    (
        Category::Design,
        &["K021", "K0731", "S1.11", "S1.12", "S6.6"],
    ),
    (
        Category::Marketing,
        &[
            "K022", "K023", "K0211", "K0215", "K032", "K0414", "L", "S1.13", "S1.14", "S1.15",
        ],
    ),
    (
        Category::Health,
        &["K031", "K051", "K053", "K09", "S3", "S3.1", "S3.2"],
    ),
    (Category::Teaching, &["K01", "S1.3", "K1014"]),
    (Category::Finance, &["K0311", "K0411", "K0412", "S2.6"]),
    (
        Category::Logistics,
        &["K104", "S6.1", "S6.2", "S8.1", "S8.2", "S8.3", "S8.9"],
    ),
    (Category::Sales, &["K0416", "K101", "S1.6", "S3.4", "S3.5"]),
    (Category::Hr, &["S4.7"]),
    (
        Category::Trades,
        &[
            "K05", "K07", "K08", "K102", "K103", "S2.5", "S2.8", "S3.3", "S5.7", "S6", "S7", "S8",
        ],
    ),
    (
        Category::Office,
        &[
            "K042", "K0322", "K0415", "K0611", "S2.2", "S2.3", "S4.4", "S5.6",
        ],
    ),
    (Category::Management, &["K041", "K04", "S1.5", "S4"]),
    (Category::Soft, &["K00", "S1", "A", "T"]),
];

/// The kind of a skill in these groups: what it is to know says more than what it is to
/// do, and a trade more than that it is talked about or managed.
pub(super) fn of(codes: &[String]) -> Category {
    let knowledge = codes.iter().filter(|code| code.starts_with('K'));
    let action = codes.iter().filter(|code| !code.starts_with('K'));
    if let Some(found) = knowledge.filter_map(|code| of_code(code)).next() {
        return found;
    }
    let found: Vec<Category> = action.filter_map(|code| of_code(code)).collect();
    let weakest_last = |category: &Category| match category {
        Category::Soft => 3,
        Category::Management => 2,
        Category::Data | Category::Office => 1,
        Category::Software
        | Category::Design
        | Category::Marketing
        | Category::Health
        | Category::Teaching
        | Category::Finance
        | Category::Logistics
        | Category::Sales
        | Category::Hr
        | Category::Trades => 0,
    };
    let strongest = found.into_iter().min_by_key(weakest_last);
    strongest.unwrap_or(Category::Soft)
}

fn of_code(code: &str) -> Option<Category> {
    let fitting = CODES.iter().flat_map(|(category, beginnings)| {
        let beginnings = beginnings.iter().filter(|part| code.starts_with(**part));
        beginnings.map(move |part| (part.len(), *category))
    });
    fitting
        .max_by_key(|(length, _)| *length)
        .map(|(_, category)| category)
}
