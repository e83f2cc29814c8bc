{{ staged('claim_links') }}
