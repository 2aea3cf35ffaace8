//! Which countries lie in which region.

use crate::job::Region;

const EU: &[&str] = &[
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV",
    "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
];

/// Europe beyond the Union.
const EUROPE: &[&str] = &[
    "AD", "AL", "BA", "BY", "CH", "GB", "IS", "LI", "MC", "MD", "ME", "MK", "NO", "RS", "UA", "RU",
    "TR", "AM", "GE", "AZ",
];

const MIDDLE_EAST_AFRICA: &[&str] = &[
    "AE", "BH", "DZ", "EG", "ET", "GH", "IL", "JO", "KE", "KZ", "LB", "MA", "MU", "NG", "QA", "RW",
    "SA", "SN", "TN", "TZ", "UG", "ZA",
];

const NORTH_AMERICA: &[&str] = &["US", "CA", "MX"];

const LATIN_AMERICA: &[&str] = &[
    "AR", "BO", "BR", "CL", "CO", "CR", "DO", "EC", "GT", "JM", "MX", "PA", "PE", "PR", "PY", "UY",
    "VE",
];

const APAC: &[&str] = &[
    "AU", "BD", "CN", "HK", "ID", "IN", "JP", "KR", "LK", "MY", "NZ", "PH", "PK", "SG", "TH", "TW",
    "VN",
];

/// Codes of the countries of a region that is a list of countries in law or by
/// name: the Union, and Germany, Austria and Switzerland.
pub fn codes(region: Option<Region>) -> Vec<&'static str> {
    match region {
        Some(Region::EuropeanUnion) => EU.to_vec(),
        Some(Region::Dach) => vec!["DE", "AT", "CH"],
        Some(
            Region::Worldwide
            | Region::Europe
            | Region::Emea
            | Region::Americas
            | Region::NorthAmerica
            | Region::LatinAmerica
            | Region::Apac,
        )
        | None => Vec::new(),
    }
}

/// Whether the country with this ISO 3166-1 alpha-2 code lies in `region`, as
/// employers use the word. Countries outside the table lie in `Worldwide` only.
pub fn contains(region: Region, country: &str) -> bool {
    let any = |lists: &[&[&str]]| lists.iter().any(|list| list.contains(&country));
    match region {
        Region::Worldwide => true,
        Region::EuropeanUnion => any(&[EU]),
        Region::Europe => any(&[EU, EUROPE]),
        Region::Emea => any(&[EU, EUROPE, MIDDLE_EAST_AFRICA]),
        Region::Americas => any(&[NORTH_AMERICA, LATIN_AMERICA]),
        Region::NorthAmerica => any(&[NORTH_AMERICA]),
        Region::LatinAmerica => any(&[LATIN_AMERICA]),
        Region::Apac => any(&[APAC]),
        Region::Dach => matches!(country, "DE" | "AT" | "CH"),
    }
}
