//! Fetches pages from the network, of granted hosts only.
