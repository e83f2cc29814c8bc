{{ staged('extractions') }}
