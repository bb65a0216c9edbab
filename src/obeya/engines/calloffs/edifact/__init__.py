"""UN/EDIFACT (ISO 9735): interchanges and their messages."""
