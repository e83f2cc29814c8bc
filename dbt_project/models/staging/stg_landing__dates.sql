{{ staged('dates') }}
